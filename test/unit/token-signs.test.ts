import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { signsOf } from '../../index/signs.mjs'
import { highestOf, TokenSigns } from '../../index/token-signs.ts'

/** The cosine of a vector and the signs of another, counted one by one. */
function cosine(vector: number[], other: number[]): number {
  const product = vector.reduce((sum, x, i) => sum + ((other[i] as number) > 0 ? x : -x), 0)
  return product / ((Math.hypot(...vector) || 1) * Math.sqrt(vector.length))
}

const vectors = (dimensions: number) => fc.array(fc.array(fc.float({ min: -2, max: 2, noNaN: true }), { minLength: dimensions, maxLength: dimensions }))

it('gives each token of a question its highest cosine with the signs of a sentence, whatever the number of dimensions', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }).chain((dimensions) => fc.tuple(fc.constant(dimensions), vectors(dimensions), vectors(dimensions))),
      ([dimensions, question, sentence]) => {
        const signs = signsOf(Float32Array.from(sentence.flat()), dimensions)
        expect(signs).toHaveLength(sentence.length * 4 * Math.ceil(dimensions / 32))
        const [found] = highestOf(Float32Array.from(question.flat()), dimensions, new Uint32Array(signs.buffer), [sentence.length]) as [Float32Array]
        const expected = question.map((token) => (sentence.length > 0 ? Math.max(...sentence.map((other) => cosine(token, other))) : 0))
        expect(found).toHaveLength(expected.length)
        found.forEach((x, i) => {
          expect(x).toBeCloseTo(expected[i] as number, 4)
        })
      },
    ),
  )
})

it('reads the tokens of the sentences that are asked for, and 0 where a sentence has none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-signs-'))
  const rows = [Float32Array.of(1, 1, -1, -1), Float32Array.of(), Float32Array.of(1, -1, 1, -1, -1, -1, 1, 1)]
  const path = join(folder, 'tokens.bits')
  await writeFile(path, Buffer.concat(rows.map((r) => signsOf(r, 4))))
  const signs = TokenSigns.open(path, 4, Int32Array.of(0, 1, 1, 3))
  const question = Float32Array.of(-3, -3, 3, 3)
  const [of0, of1, of2] = [-1, 0, 1].map((x) => Float32Array.of(x))
  expect(signs.highest(question, [{ from: 0, count: 3 }])).toEqual([[of0, of1, of2]])
  expect(
    signs.highest(question, [
      { from: 2, count: 1 },
      { from: 0, count: 2 },
    ]),
  ).toEqual([[of2], [of0, of1]])
  expect(signs.highest(question, [])).toEqual([])
  signs.close()
  await rm(folder, { recursive: true })
})
