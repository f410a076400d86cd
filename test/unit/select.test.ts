import { describe, expect, it } from 'vitest'
import { askedOf } from '../../answer/late-interaction.ts'
import { readQuestion } from '../../answer/question.ts'
import { retrieve } from '../../answer/retrieve.ts'
import { coverage, phrases, select } from '../../answer/select.ts'
import { Passages } from '../../index/searching.ts'
import { buildIndex, documents, embedder, openedCorpus } from '../fixtures.ts'

it('measures the share of the idf that terms cover', () => {
  const idf = new Map([
    ['harbour', 1],
    ['dredge', 3],
  ])
  expect([coverage(['dredge', 'x'], idf), coverage([], idf), coverage(['x'], new Map())]).toEqual([0.75, 0, 0])
})

it('measures the share of the idf of phrases of the question that a passage holds', () => {
  const idf = new Map([
    ['harbour', 1],
    ['board', 3],
    ['dredge', 2],
  ])
  const held = (passage: string) => phrases(passage.split(' '), ['harbour', 'board', 'dredge'], idf)
  // The pairs weigh 1 and 2.
  expect(held('the harbour board met to dredge')).toBeCloseTo(1 / 3)
  expect(held('the harbour board will dredge')).toBe(1)
  expect([held('dredge board harbour'), held('a harbour'), held('')]).toEqual([0, 0, 0])
  expect([phrases(['harbour'], ['harbour'], idf), phrases(['a', 'b'], ['a', 'b'], new Map())]).toEqual([0, 0])
})

it('retrieval among few passages, each compared, finds what the vector index finds where only those are accepted', async () => {
  const generation = await openedCorpus()
  const question = readQuestion('What does the harbour master say about the channel?')
  const { question: vector } = await (await embedder()).embedWords(question.text)
  for (const among of [new Set([3]), new Set(Array.from({ length: 40 }, (_, i) => 2 * i)), new Set<number>()]) {
    const within = { passages: new Passages(among) }
    const lexical = await generation.matching(question.terms, within)
    const few = (await retrieve(generation, question, lexical, vector, within)).candidates.map(({ passage }) => passage)
    const walked = (await generation.store.nearest(vector, 50, (passage) => among.has(passage))).map(({ passage }) => passage)
    const all = [...new Set([...walked, ...lexical.best(50).map(({ passage }) => passage)])]
    expect(new Set(few)).toEqual(new Set(all))
    expect(few).toHaveLength(among.size)
  }
})

describe('among the sentences of real documents', () => {
  const text = `Harbour news\n\nSource: The Lantern| 2025-05-02 10:00:00|Editor: Ottaway\n\nThe pier was painted. The trench cost £95,000. Gulls were seen.`

  it('the one that answers comes first, and the furniture of press copy not at all', async () => {
    const generation = await buildIndex(await documents({ 'a.txt': text, 'b.txt': 'The council met. It voted on bread.' }))
    const question = readQuestion('How much did the trench cost?')
    const asked = askedOf(question.text, await (await embedder()).embedWords(question.text))
    const retrieved = await retrieve(generation, question, await generation.matching(question.terms), asked.vector)
    const found = await select(generation, question, asked, retrieved)
    const words = found.map((c) => generation.text(generation.sourceOf(c.passage)).slice(c.start, c.end))
    expect(words[0]).toBe('The trench cost £95,000.')
    expect(words.join(' ')).not.toContain('Source:')
    expect(words).toHaveLength(6)
    expect(found[0]?.features).toMatchObject({ lexical: 1, passagePhrases: 1, type: 1, heading: 0 })
    expect(retrieved.unknown).toEqual([])
    for (const { score, cosine } of retrieved.candidates) expect([score >= 0 && score <= 1, cosine <= 1]).toEqual([true, true])
  })
})
