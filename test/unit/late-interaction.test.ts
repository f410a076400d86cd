import { expect, it } from 'vitest'
import { askedOf, wordMatch } from '../../answer/late-interaction.ts'
import { bytesOfSigns } from '../../index/signs.mjs'
import { termOf } from '../../index/terms.ts'
import { highestOf } from '../../index/token-signs.ts'
import { embedder } from '../fixtures.ts'

const row = (...numbers: number[]) => Float32Array.from(numbers)

it('weighs each word by its idf, and the tokens of a word by their share of it', () => {
  const asked = askedOf('Who dredged Haldersea?', { question: row(0, 0), words: [row(9, 9), row(1, 1), row(1, 1, 1, -1)] })
  expect(asked.tokens).toEqual([
    { term: termOf('dredged'), share: 1 },
    { term: termOf('Haldersea'), share: 0.5 },
    { term: termOf('Haldersea'), share: 0.5 },
  ])
  const idf = new Map([
    [termOf('dredged'), 1],
    [termOf('Haldersea'), 3],
  ])
  expect(wordMatch(asked, row(1, 0, 1), idf)).toBeCloseTo((1 + 3 * 0.5) / 4)
  // A word that the search reads as another counts nothing.
  expect(wordMatch(asked, row(1, 0, 1), new Map([[termOf('dredged'), 1]]))).toBe(1)
  expect(wordMatch(asked, row(1, 0, 1), new Map())).toBe(0)
})

it('takes every word where all of them are function words, and none where there are none', () => {
  expect(askedOf('Who is it?', { question: row(0), words: [row(1), row(1), row(1)] }).tokens).toHaveLength(3)
  expect(askedOf('?', { question: row(0), words: [] }).tokens).toEqual([])
})

it('finds the sentence that means the words of a question, though it has others', async () => {
  const model = await embedder()
  const question = 'How much did the dredging of the port cost?'
  const { tokens } = await model.embedPassage({ sentences: ['Deepening the harbour came to £95,000.', 'Gulls nest on the roof of the town hall.'] })
  const asked = askedOf(question, await model.embedWords(question))
  const idf = new Map(asked.tokens.map(({ term }) => [term, 1]))
  const [right, wrong] = tokens.map((bytes) => {
    const signs = new Uint32Array(bytes.slice().buffer)
    return wordMatch(asked, highestOf(asked.rows, model.dimensions, signs, [bytes.length / bytesOfSigns(model.dimensions)])[0] as Float32Array, idf)
  })
  expect(right).toBeGreaterThan((wrong as number) + 0.05)
})
