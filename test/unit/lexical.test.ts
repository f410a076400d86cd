import { describe, expect, it } from 'vitest'
import type { LexicalIndex } from '../../index/lexical.ts'
import { termsOf } from '../../index/terms.ts'
import { lexicalOf } from '../lexical.ts'

const TEXTS = [
  'The harbour master withdrew her support for the deep cut.',
  'The deep deep deep cut costs five million.',
  'The council met on Tuesday. It talked about bread and about nothing else for all of a long evening in the Reading Room.',
  'Bread.',
]

const indexOf = (texts: string[]) => lexicalOf(texts.map((text) => [text, 'Minutes']))
const order = (lexical: LexicalIndex, question: string) =>
  lexical
    .find(termsOf(question))
    .best(10)
    .map(({ passage }) => passage)

describe('an index', () => {
  const lexical = indexOf(TEXTS)

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
    const found = lexical.find(termsOf('deep'), (passage) => passage === 0)
    expect([found.best(10).map(({ passage }) => passage), [...found.frequency.values()]]).toEqual([[0], [2]])
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
    expect([lexical.find([]).best(10), lexical.find([]).frequency]).toEqual([[], new Map()])
  })

  it('knows its size', () => {
    expect(lexical.size).toBe(TEXTS.length)
  })
})

it('puts a passage that holds a word before one whose title does', () => {
  const lexical = lexicalOf([
    ['The pier was painted.', 'Harbour'],
    ['The harbour was closed.', 'Pier'],
  ])
  expect([order(lexical, 'harbour'), order(lexical, 'pier')]).toEqual([
    [1, 0],
    [0, 1],
  ])
})

it.each(['constructor', '__proto__', 'hasOwnProperty'])('takes %s for a word like any other', (word) => {
  const lexical = indexOf([`About ${word} here.`, 'Nothing.'])
  expect(order(lexical, word)).toEqual([0])
  expect(order(indexOf(['Nothing.']), word)).toEqual([])
})
