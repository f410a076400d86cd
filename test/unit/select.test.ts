import { describe, expect, it } from 'vitest'
import { askedOf } from '../../answer/late-interaction.ts'
import { readQuestion } from '../../answer/question.ts'
import { retrieve } from '../../answer/retrieve.ts'
import { type Choice, coverage, type Features, quotesOf, select } from '../../answer/select.ts'
import { buildIndex, documents, embedder } from '../fixtures.ts'

const FEATURES: Features = { sentence: 0, passage: 0, retrieval: 0, lexical: 0, words: 0, coverage: 0, passageCoverage: 0, type: 0, heading: 0 }

/** Sentences of one passage of 100 characters each, by their scores. */
function choices(scores: number[], { passage = 0, chars = 100, headings = [] as number[], unclosed = [] as Choice['unclosed'][] } = {}): Choice[] {
  return scores.map((score, sentence) => ({
    passage,
    sentence,
    start: sentence * chars,
    end: (sentence + 1) * chars - 1,
    score,
    unclosed: unclosed[sentence] ?? 0,
    features: { ...FEATURES, heading: headings.includes(sentence) ? 1 : 0 },
  }))
}

const spans = (all: Choice[], limit = 10) =>
  quotesOf(
    all.sort((a, b) => b.score - a.score),
    limit,
  ).map(({ start, end }) => [start, end])

describe('a quote', () => {
  it.each<[string, Choice[], number[]]>([
    ['is the best sentence by itself when its neighbours are worse', choices([0.2, 0.9, 0.3]), [100, 199]],
    ['takes the neighbour that is about as good', choices([0.8, 0.9, 0.88]), [100, 299]],
    ['takes both when both are', choices([0.86, 0.9, 0.88]), [0, 299]],
    ['takes three sentences at most', choices([0.9, 0.89, 0.88, 0.87]), [0, 299]],
    ['takes the better of two that do not both fit', choices([0.86, 0.9, 0.88], { chars: 150 }), [150, 449]],
    ['takes no neighbour when both would be too long', choices([0.89, 0.9], { chars: 250 }), [250, 499]],
    ['takes no heading', choices([0.89, 0.9], { headings: [0] }), [100, 199]],
    ['goes on to the end of a quotation that it opens', choices([0.1, 0.9, 0.2], { unclosed: [0, 1, -1] }), [100, 299]],
    ['goes back to where a quotation that it closes began', choices([0.1, 0.9, 0.2], { unclosed: [1, -1, 0] }), [0, 199]],
    ['stays within a quotation that is too long', choices([0.1, 0.9], { unclosed: [1, -1], chars: 250 }), [250, 499]],
    ['is a sentence however long it is', choices([0.9], { chars: 3000 }), [0, 2999]],
  ])('%s', (_, all, expected) => {
    expect(spans(all)[0]).toEqual(expected)
  })

  it('takes no neighbour from another passage', () => {
    const all = [...choices([0.9]), ...choices([0.1, 0.89], { passage: 1 })]
    expect(spans(all, 2)).toEqual([
      [0, 99],
      [100, 199],
    ])
  })
})

it('quotes no sentence twice, and as many as are asked for', () => {
  const found = spans(choices([0.9, 0.89, 0.88, 0.87, 0.86]))
  expect(found.flat()).toHaveLength(new Set(found.flat()).size)
  expect(found).toEqual([
    [0, 299],
    [300, 499],
  ])
  expect(spans(choices([0.9, 0.1, 0.8]), 1)).toEqual([[0, 99]])
  expect(quotesOf([], 5)).toEqual([])
})

it('measures the share of the idf that terms cover', () => {
  const idf = new Map([
    ['harbour', 1],
    ['dredge', 3],
  ])
  expect([coverage(['dredge', 'x'], idf), coverage([], idf), coverage(['x'], new Map())]).toEqual([0.75, 0, 0])
})

describe('among the sentences of real documents', () => {
  const text = `Harbour news\n\nSource: The Lantern| 2025-05-02 10:00:00|Editor: Ottaway\n\nThe pier was painted. The trench cost £95,000. Gulls were seen.`

  it('the one that answers comes first, and the furniture of press copy not at all', async () => {
    const generation = await buildIndex(await documents({ 'a.txt': text, 'b.txt': 'The council met. It voted on bread.' }))
    const question = readQuestion('How much did the trench cost?')
    const asked = askedOf(question.text, await (await embedder()).embedWords(question.text))
    const retrieved = retrieve(generation, question, asked.vector)
    const found = select(generation, question, asked, retrieved)
    const words = found.map((c) => generation.text(generation.sourceOf(c.passage)).slice(c.start, c.end))
    expect(words[0]).toBe('The trench cost £95,000.')
    expect(words.join(' ')).not.toContain('Source:')
    expect(words).toHaveLength(6)
    expect(found[0]?.features).toMatchObject({ lexical: 1, coverage: 1, type: 1, heading: 0 })
    expect(retrieved.unknown).toEqual([])
    for (const { score, cosine } of retrieved.candidates) expect([score >= 0 && score <= 1, cosine <= 1]).toEqual([true, true])
  })
})
