import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import MiniSearch from 'minisearch'
import { expect, it } from 'vitest'
import { LexicalIndex } from '../../index/lexical.ts'
import { LexicalWriter } from '../../index/lexical-writer.ts'
import { termsOf } from '../../index/terms.ts'
import { CORPUS } from '../fixtures.ts'
import { bytesOf, lexicalOf } from '../lexical.ts'

const RUNS = { seed: 1 }

type Passages = [text: string, title: string][]

const word = fc.oneof(
  fc.constantFrom('harbour', 'harbor', 'habour', 'deep', 'deeps', 'cut', 'Gandhi', 'Ghandi', 'constructor', '港湾', 'ναύς', '𝔸𝔹', '1,234', 'a'),
  fc.string({ unit: fc.constantFrom(...'abc'), minLength: 1, maxLength: 6 }),
)
const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '))
const passages: fc.Arbitrary<Passages> = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 12 })

/** MiniSearch with the same fields, terms and parameters. */
function oracleOf(of: Passages): MiniSearch {
  const search = new MiniSearch({
    fields: ['text', 'title'],
    tokenize: termsOf,
    processTerm: (term) => term,
    searchOptions: { bm25: { k: 1.2, b: 0.7, d: 0.5 }, boost: { title: 0.3 }, tokenize: (terms) => terms.split(' ') },
  })
  of.forEach(([text, title], id) => {
    search.add({ id, text, title })
  })
  return search
}

function expectTheSame(lexical: LexicalIndex, oracle: MiniSearch, terms: string[]): void {
  const hits = oracle.search([...new Set(terms)].join(' '))
  const found = lexical.find(terms)
  const best = found.best(lexical.size)
  expect(best.length).toBe(hits.length)
  for (const { id, score } of hits) expect(Math.abs(found.scoreOf(id) - score)).toBeLessThan(1e-9)
  for (const [i, { score }] of best.entries()) expect(score).toBeLessThanOrEqual(best[i - 1]?.score ?? score)
  const frequency = new Map<string, number>()
  for (const term of hits.flatMap((hit) => hit.queryTerms)) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  expect(found.frequency).toEqual(frequency)
}

it('finds what MiniSearch finds, with the same scores', () => {
  fc.assert(
    fc.property(passages, text, (all, question) => {
      expectTheSame(lexicalOf(all), oracleOf(all), termsOf(question))
    }),
    RUNS,
  )
})

it('knows as similar the terms that MiniSearch finds at a distance of two', () => {
  fc.assert(
    fc.property(
      passages,
      word.filter((one) => termsOf(one).length === 1),
      (all, one) => {
        const [term = ''] = termsOf(one)
        const held = new Set(
          oracleOf(all)
            .search(term, { fuzzy: 2, maxFuzzy: 2 })
            .flatMap((hit) => hit.terms),
        )
        expect([...lexicalOf(all).similar(term)].sort()).toEqual([...held].sort())
      },
    ),
    RUNS,
  )
})

it('scores the sample documents as MiniSearch does', async () => {
  const names = (await readdir(CORPUS, { recursive: true })).filter((name) => /\.(txt|md)$/.test(name)).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(CORPUS, name), 'utf8')))
  const all: Passages = texts.flatMap((text) => text.split(/\n\n+/).map((part): [string, string] => [part, text.slice(0, text.indexOf('\n'))]))
  const { questions } = JSON.parse(await readFile(new URL('../corpus-questions.json', import.meta.url), 'utf8')) as { questions: { question: string }[] }
  const [lexical, oracle] = [lexicalOf(all), oracleOf(all)]
  for (const { question } of questions) expectTheSame(lexical, oracle, termsOf(question))
})

it('is the same file whether passages are taken over or read again', () => {
  const edits = fc.array(fc.oneof(fc.record({ from: fc.nat(11), count: fc.nat(11) }), passages), { maxLength: 6 })
  fc.assert(
    fc.property(passages, edits, (before, parts) => {
      const writer = LexicalWriter.for(lexicalOf(before))
      const after: Passages = []
      for (const part of parts) {
        const added = 'from' in part ? before.slice(part.from, part.from + part.count) : part
        if ('from' in part) writer.keep(Math.min(part.from, before.length), added.length, after.length)
        else for (const [i, [text, title]] of added.entries()) writer.add(after.length + i, text, title)
        after.push(...added)
      }
      const anew = LexicalWriter.for()
      for (const [i, [text, title]] of after.entries()) anew.add(i, text, title)
      expect(Buffer.compare(bytesOf(writer), bytesOf(anew))).toBe(0)
    }),
    RUNS,
  )
})

it('takes passages only in the order of their numbers, and only those that there are', () => {
  const writer = LexicalWriter.for(lexicalOf([['One.', 'Title']]))
  writer.keep(0, 1, 0)
  expect(() => writer.add(2, 'Two.', 'Title')).toThrow('expected')
  expect(() => writer.keep(1, 1, 1)).toThrow('does not hold')
})

it.each([
  ['empty', new Uint8Array(0)],
  ['something else', new Uint8Array(64)],
  ['cut short', bytesOf(LexicalWriter.for()).subarray(0, 25)],
])('does not read a file that is %s', (_, bytes) => {
  expect(() => LexicalIndex.from(bytes)).toThrow(/^it is/)
})
