import { describe, expect, it } from 'vitest'
import { LexicalIndex } from '../../index/lexical.ts'
import { termsOf } from '../../index/terms.ts'

const TEXTS = [
  'The harbour master withdrew her support for the deep cut.',
  'The deep deep deep cut costs five million.',
  'The council met on Tuesday. It talked about bread and about nothing else for all of a long evening in the Reading Room.',
  'Bread.',
]

function indexOf(texts: string[], title = 'Minutes'): LexicalIndex {
  const lexical = new LexicalIndex()
  texts.forEach((text, passage) => {
    lexical.add(passage, text, title)
  })
  return lexical
}

const order = (lexical: LexicalIndex, question: string) => [...lexical.find(termsOf(question)).scores].sort((a, b) => b[1] - a[1]).map(([passage]) => passage)

describe.each([
  ['as built', indexOf(TEXTS)],
  ['as read back', LexicalIndex.fromJSON(indexOf(TEXTS).toJSON())],
])('an index %s', (_, lexical) => {
  it('finds the passages that hold a term, the rare terms first', () => {
    expect(order(lexical, 'harbour cut')).toEqual([0, 1])
    expect(order(lexical, 'nowhere')).toEqual([])
  })

  it('puts a short passage before a long one', () => {
    expect(order(lexical, 'bread')).toEqual([3, 2])
  })

  it('puts a passage that holds a term more often first', () => {
    expect(order(lexical, 'deep')).toEqual([1, 0])
  })

  it('counts the passages of each term, and none for a term that none holds', () => {
    expect(lexical.find(termsOf('deep bread nowhere')).frequency).toEqual(new Map([...termsOf('deep bread')].map((term) => [term, 2])))
  })

  it('leaves passages out, but counts them', () => {
    const { scores, frequency } = lexical.find(termsOf('deep'), (passage) => passage === 0)
    expect([[...scores.keys()], [...frequency.values()]]).toEqual([[0], [2]])
  })

  it('counts a term of the question once', () => {
    expect(lexical.find(['deep', 'deep'])).toEqual(lexical.find(['deep']))
  })

  it('finds a passage by the title of its source', () => {
    expect(order(lexical, 'minutes')).toHaveLength(TEXTS.length)
  })

  it('knows which terms it holds, and which are similar', () => {
    expect([lexical.has('harbour'), lexical.has('harber')]).toEqual([true, false])
    expect(lexical.similar('harbuor')).toEqual(['harbour'])
    expect(lexical.similar('quarantine')).toEqual([])
  })

  it('finds nothing for no terms', () => {
    expect(lexical.find([])).toEqual({ scores: new Map(), frequency: new Map() })
  })

  it('knows its size', () => {
    expect(lexical.size).toBe(TEXTS.length)
  })
})

it('puts a passage that holds a word before one whose title does', () => {
  const lexical = new LexicalIndex()
  lexical.add(0, 'The pier was painted.', 'Harbour')
  lexical.add(1, 'The harbour was closed.', 'Pier')
  expect([order(lexical, 'harbour'), order(lexical, 'pier')]).toEqual([
    [1, 0],
    [0, 1],
  ])
})

it.each(['constructor', '__proto__', 'hasOwnProperty'])('takes %s for a word like any other', (word) => {
  const lexical = LexicalIndex.fromJSON(indexOf([`About ${word} here.`, 'Nothing.']).toJSON())
  const terms = termsOf(word)
  expect([...lexical.find(terms).scores.keys()]).toEqual([0])
  expect(indexOf(['Nothing.']).find(terms).scores.size).toBe(0)
})
