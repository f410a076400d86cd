import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../index/decode.ts'
import { txt } from '../../index/loaders/txt.ts'
import { passagesOf } from '../../index/passages.ts'
import { sentencesOf } from '../../index/sentences.ts'
import { termsOf, wordsOf } from '../../index/terms.ts'
import type { Span } from '../../index/types.ts'
import { anyText, prose } from './texts.ts'

const RUNS = { numRuns: 300, seed: 1 }
const countTokens = (text: string) => text.split(/\s+/).filter(Boolean).length

/** Where a text has characters other than white space. */
const written = (text: string, from = 0) => Array.from(text.slice(from).matchAll(/\S/g), (m) => from + m.index)

/** Spans in order that hold every character but white space once, are trimmed, and divide no character. */
function expectTiling(text: string, spans: Span[], within: Span = { start: 0, end: text.length }): void {
  const held = spans.flatMap(({ start, end }) => written(text.slice(0, end), start))
  expect(held).toEqual(written(text.slice(0, within.end), within.start))
  for (const { start, end } of spans) {
    const words = text.slice(start, end)
    expect(words).toBe(words.trim())
    expect(words).not.toBe('')
    for (const at of [start, end]) expect(/^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1))).toBe(false)
  }
}

describe.each([
  ['any text', anyText],
  ['prose', prose],
])('in %s', (_, texts) => {
  it('sentences hold every written character once, in order', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expectTiling(text, sentencesOf(text))
      }),
      RUNS,
    )
  })

  it('passages hold every written character once, in order, and so do their sentences', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 6, max: 60 }), (text, maxTokens) => {
        const passages = passagesOf(text, { countTokens, maxTokens })
        expectTiling(text, passages)
        for (const passage of passages) {
          expectTiling(text, passage.sentences, passage)
          expect([passage.sentences[0]?.start, passage.sentences.at(-1)?.end]).toEqual([passage.start, passage.end])
        }
      }),
      RUNS,
    )
  })

  it('no passage has more tokens than the model reads', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 6, max: 60 }), (text, maxTokens) => {
        for (const { start, end } of passagesOf(text, { countTokens, maxTokens })) expect(countTokens(text.slice(start, end))).toBeLessThanOrEqual(maxTokens)
      }),
      RUNS,
    )
  })

  it('the same text is split the same, and a part of it as by itself', () => {
    fc.assert(
      fc.property(texts, texts, (before, text) => {
        expect(sentencesOf(text)).toEqual(sentencesOf(text))
        const moved = sentencesOf(before + text, before.length).map(({ start, end }) => ({ start: start - before.length, end: end - before.length }))
        expect(moved).toEqual(sentencesOf(text))
      }),
      RUNS,
    )
  })

  it('words stand at their offsets, in order, and terms are never empty', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let last = 0
        for (const word of wordsOf(text)) {
          expect(text.slice(word.start, word.start + word.text.length)).toBe(word.text)
          expect(word.start).toBeGreaterThanOrEqual(last)
          last = word.start + word.text.length
        }
        expect(termsOf(text)).not.toContain('')
      }),
      RUNS,
    )
  })
})

it('a .txt file is read character for character, in UTF-8 and in UTF-16 with a mark', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      // A mark at the start is the file's, and a byte of zero makes it binary.
      const file = text.replace(/^\ufeff+/, '').replaceAll('\0', '')
      expect(txt(Buffer.from(file))).toEqual([{ text: file, mediaType: 'text/plain', facts: {} }])
      expect(decodeText(Buffer.from(`\ufeff${file}`))).toBe(file)
      const wide = text.replace(/^\0+/, '')
      expect(decodeText(Buffer.from(`\ufeff${wide}`, 'utf16le'))).toBe(wide)
    }),
    RUNS,
  )
})
