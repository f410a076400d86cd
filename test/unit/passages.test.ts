import { describe, expect, it } from 'vitest'
import { passagesOf } from '../../index/passages.ts'

/** Words stand for tokens here; the splitter takes any counter. */
const countTokens = (text: string) => text.split(/\s+/).filter(Boolean).length
const passages = (text: string, maxTokens = 200) => passagesOf(text, { countTokens, maxTokens }).map(({ start, end }) => text.slice(start, end))
const words = (count: number, word = 'word') => `${Array(count).fill(word).join(' ')}.`

it('joins short neighbouring paragraphs', () => {
  const text = `${words(20)}\n\n${words(20)}\n\n${words(20)}`
  expect(passages(text)).toEqual([text])
})

it('keeps paragraphs apart that are long enough by themselves', () => {
  const text = [words(90), words(80), words(100)].join('\n\n')
  expect(passages(text)).toEqual([words(90), words(80), words(100)])
})

it('lets a heading begin a passage and never end one', () => {
  const text = ['Item 1', words(70), 'Item 2', words(70)].join('\n\n')
  expect(passages(text)).toEqual([`Item 1\n\n${words(70)}`, `Item 2\n\n${words(70)}`])
})

it('splits a long paragraph at sentence ends into parts of about equal size', () => {
  const text = Array(30).fill(words(10, 'Word')).join(' ')
  const parts = passages(text)
  expect(parts.map(countTokens)).toEqual([150, 150])
  for (const part of parts) expect(part).toMatch(/^Word.*word\.$|^Word.*Word\.$/s)
})

it('splits it into more parts rather than have one that the model cannot read whole', () => {
  expect(passages([words(8), words(8), words(8)].map((s) => s.replace('w', 'W')).join(' '), 15).map(countTokens)).toEqual([8, 8, 8])
})

describe('a sentence that the model cannot read whole', () => {
  it('is cut between words', () => {
    const text = words(1000)
    const parts = passagesOf(text, { countTokens, maxTokens: 200 }).flatMap((p) => p.sentences.map((s) => text.slice(s.start, s.end)))
    expect(parts.length).toBeGreaterThanOrEqual(5)
    expect(parts.join(' ')).toBe(text)
    for (const part of parts) expect(countTokens(part)).toBeLessThanOrEqual(200)
  })

  it('is cut within a word when it has no spaces, but within no character', () => {
    const text = '🦀'.repeat(5001)
    const sentences = passagesOf(text, { countTokens, maxTokens: 200 }).flatMap((p) => p.sentences)
    expect(sentences.length).toBeGreaterThan(1)
    for (const { start, end } of sentences) expect(text.slice(start, end)).toMatch(/^(?:🦀)+$/u)
    expect(sentences.map((s) => text.slice(s.start, s.end)).join('')).toBe(text)
  })
})

it('has the sentences of each passage begin and end with it', () => {
  const text = `${words(90)} ${words(60)}\n\n${words(150)}\n\n${words(300)}`
  for (const { start, end, sentences } of passagesOf(text, { countTokens, maxTokens: 200 })) {
    expect([sentences[0]?.start, sentences.at(-1)?.end]).toEqual([start, end])
  }
})

it('makes none of white space', () => {
  expect(passages(' \n\n\t\r\n ')).toEqual([])
})

const paragraph = (lineEnd: string) =>
  Array(4)
    .fill(`${Array(13).fill('words').join(' ')},`)
    .join(lineEnd)

it('keeps hard-wrapped paragraphs whole', () => {
  const text = [paragraph('\n'), paragraph('\n'), paragraph('\n')].join('\n\n')
  expect(passages(text, 60)).toEqual([paragraph('\n'), paragraph('\n'), paragraph('\n')])
})

// Every line end of two characters is taken for an empty line, so that passages follow the lines and not the paragraphs.
it('keeps hard-wrapped paragraphs with Windows line ends whole', () => {
  const text = [paragraph('\r\n'), paragraph('\r\n'), paragraph('\r\n')].join('\r\n\r\n')
  expect(passagesOf(text, { countTokens, maxTokens: 60 }).map((p) => p.sentences.length)).toEqual([1, 1, 1])
})
