import { describe, expect, it } from 'vitest'
import { needsOf, quotationsAround } from '../../answer/needs.ts'
import type { Place } from '../../answer/places.ts'
import { quotesOf } from '../../answer/quotes.ts'
import type { Choice, Features } from '../../answer/select.ts'
import { sentencesOf } from '../../index/sentences.ts'

const FEATURES: Features = {
  sentence: 0,
  passage: 0,
  retrieval: 0,
  lexical: 0,
  words: 0,
  passageCoverage: 0,
  passagePhrases: 0,
  type: 0,
  heading: 0,
}

/** Sentences of one passage of 100 characters each, by their scores. */
function choices(
  scores: number[],
  {
    passage = 0,
    chars = 100,
    headings = [] as number[],
    quotation = null as [first: number, last: number] | null,
    leaning = [] as number[],
    opening = [] as number[],
  } = {},
): Choice[] {
  const at = (from: number, to = from) => ({ start: from * chars, end: (to + 1) * chars - 1 })
  const within = (sentence: number) => quotation !== null && sentence >= quotation[0] && sentence <= quotation[1]
  return scores.map((score, sentence) => ({
    passage,
    sentence,
    ...at(sentence),
    score,
    needs: { reach: within(sentence) && quotation ? at(...quotation) : at(sentence), leans: leaning.includes(sentence), opens: opening.includes(sentence) },
    features: { ...FEATURES, heading: headings.includes(sentence) ? 1 : 0 },
    places: [{ passage, sentence, ...at(sentence), leads: true }],
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
    ['takes no neighbour of another paragraph', choices([0.89, 0.9, 0.88], { opening: [1, 2] }), [100, 199]],
    ['takes what it needs of another paragraph', choices([0.1, 0.9, 0.2], { opening: [1, 2], leaning: [1] }), [0, 199]],
    ['takes no heading', choices([0.89, 0.9], { headings: [0] }), [100, 199]],
    ['goes on to the end of a quotation that it opens', choices([0.1, 0.9, 0.2], { quotation: [1, 2] }), [100, 299]],
    ['goes back to where a quotation that it closes began', choices([0.1, 0.9, 0.2], { quotation: [0, 1] }), [0, 199]],
    ['takes the rest of a quotation before a neighbour that is as good', choices([0.89, 0.9, 0.2, 0.1], { quotation: [1, 2], chars: 140 }), [140, 419]],
    ['takes a whole quotation with the neighbour that is in it', choices([0.1, 0.9, 0.89, 0.1], { quotation: [1, 3] }), [100, 399]],
    ['takes no neighbour whose quotation would not fit', choices([0.5, 0.9, 0.89, 0.1], { quotation: [2, 3], chars: 180 }), [180, 359]],
    ['takes the other neighbour then', choices([0.88, 0.9, 0.89, 0.1], { quotation: [2, 3], chars: 150 }), [0, 299]],
    ['stays within a quotation of too many sentences', choices([0.1, 0.9, 0.1, 0.1], { quotation: [0, 3], chars: 80 }), [80, 159]],
    ['takes a neighbour within a quotation of too many sentences', choices([0.1, 0.9, 0.88, 0.1], { quotation: [0, 3], chars: 80 }), [80, 239]],
    ['stays within a quotation that is too long', choices([0.1, 0.9], { quotation: [0, 1], chars: 250 }), [250, 499]],
    ['goes back to what its first word stands for', choices([0.1, 0.9, 0.2], { leaning: [1] }), [0, 199]],
    ['goes back twice where it must', choices([0.1, 0.1, 0.9, 0.85], { leaning: [1, 2] }), [0, 299]],
    ['does not go back to a heading', choices([0.1, 0.9], { leaning: [1], headings: [0] }), [100, 199]],
    ['does not go back further than fits', choices([0.1, 0.9], { leaning: [1], chars: 250 }), [250, 499]],
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

describe('words that stand in two places', () => {
  /** Two sentences in passage 0, whose first stands in passage 1 too; passage 1 was published first. */
  const copied = (sentences: number) => {
    const [own, other] = [choices([0.9, 0.88]), choices([0.89, 0.87], { passage: 1 })]
    const place = (one: Choice) => one.places[0] as Place
    for (let i = 0; i < sentences; i++) {
      const places = [place(other[i] as Choice), place(own[i] as Choice)]
      for (const one of [own[i], other[i]]) (one as Choice).places = places
    }
    return [...own, ...other].sort((a, b) => b.score - a.score)
  }
  const placed = (all: Choice[]) => quotesOf(all, 10).map(({ passage, start, end, alsoIn }) => ({ passage, start, end, alsoIn }))

  it('are quoted once, from the first of them', () => {
    expect(placed(copied(2))).toEqual([{ passage: 1, start: 0, end: 199, alsoIn: [{ passage: 0, start: 0, end: 199 }] }])
  })

  it('are quoted from where all of the quote stands, and what differs is quoted too, without them', () => {
    expect(placed(copied(1))).toEqual([
      { passage: 0, start: 0, end: 199, alsoIn: [{ passage: 1, start: 0, end: 99 }] },
      { passage: 1, start: 100, end: 199, alsoIn: [] },
    ])
  })

  it('are quoted from no place that may only be named', () => {
    const all = copied(2)
    for (const { places } of all) (places[0] as Place).leads = false
    expect(placed(all)[0]?.passage).toBe(0)
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

describe('what a sentence needs', () => {
  const needs = (text: string) => sentencesOf(text).map((s) => needsOf(s, text, quotationsAround(text, { start: 0, end: text.length })))
  const reaches = (text: string) => needs(text).map(({ reach }) => text.slice(reach.start, reach.end))

  it.each([
    ['curly', 'He was calm. “We waited a day. The storm passed,” he said. Then it rained.'],
    ['straight', 'He was calm. "We waited a day. The storm passed," he said. Then it rained.'],
    ['those of other languages', 'He was calm. «We waited a day. The storm passed,» he said. Then it rained.'],
  ])('is the rest of a quotation in %s marks', (_, text) => {
    const sentences = sentencesOf(text)
    expect(sentences).toHaveLength(4)
    const quotation = text.slice(sentences[1]?.start, text.indexOf(' he said'))
    expect(reaches(text)).toEqual(['He was calm.', quotation, `${quotation} he said.`, 'Then it rained.'])
  })

  it('is nothing where the quotation is too long for a quote, or never closed', () => {
    expect(reaches(`“One. ${'Two of them came by boat. '.repeat(20)}Three.” So it was.`)[0]).toBe('“One.')
    expect(reaches('“One. Two. Three.')).toEqual(['“One.', 'Two.', 'Three.'])
  })

  it.each([
    ['One. Two.', [true, false]],
    ['One.\n\nTwo.\r\n \r\nThree.\r\rFour.', [true, true, true, true]],
    ['One.\nTwo.\r\nThree.\rFour.', [true, false, false, false]],
  ])('tells which begin a paragraph: %j', (text, expected) => {
    expect(needs(text).map(({ opens }) => opens)).toEqual(expected)
  })

  it.each(['He said so.', '“It will cost more.”', 'But they left.', 'Their boat sank.', 'This was in May.', 'It was repaired by hand.'])(
    'is the sentence before: %s',
    (text) => {
      expect(needs(text)[0]?.leans).toBe(true)
    },
  )

  it.each([
    'Hester said so.',
    'It is likely that the boat sank.',
    'It was the mayor who signed.',
    'Itchen ferries run late.',
    'The boat sank; it was old.',
    "It's hard to say.",
  ])('is not the sentence before: %s', (text) => {
    expect(needs(text)[0]?.leans).toBe(false)
  })
})
