import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { quantise, SentenceVectors } from '../../index/vectors.ts'
import { temporaryFolder } from '../fixtures.ts'

it('keeps a direction in one byte a dimension, the largest at 127', () => {
  expect([...quantise(Float32Array.of(0.5, -1, 0.25, 0))]).toEqual([64, -127, 32, 0])
  expect([...quantise(new Float32Array(3))]).toEqual([0, 0, 0])
})

async function written(vectors: number[][]): Promise<SentenceVectors> {
  const file = join(await temporaryFolder(), 'sentences.i8')
  await writeFile(file, Buffer.concat(vectors.map((v) => Buffer.from(quantise(Float32Array.from(v)).buffer))))
  return SentenceVectors.open(file, vectors[0]?.length ?? 0)
}

it('gives the cosines of the sentences that are asked for', async () => {
  const stored = await written([
    [1, 0],
    [0, 3],
    [1, 1],
    [-2, 0],
    [0, 0],
  ])
  const cosines = stored.similarities(Float32Array.of(1, 0), 1, 4)
  for (const [i, expected] of [0, Math.SQRT1_2, -1, 0].entries()) expect(cosines[i]).toBeCloseTo(expected, 2)
  expect(stored.similarities(Float32Array.of(1, 0), 0, 0)).toEqual([])
  await stored.close()
})

it('is within .01 of the exact cosine', async () => {
  const random = (seed: number) => Array.from({ length: 384 }, (_, i) => Math.sin(seed * 997 + i * 1.7) + Math.cos(i * seed))
  const unit = (v: number[]) => v.map((x) => x / Math.hypot(...v))
  const [a, b] = [unit(random(1)), unit(random(2))]
  const exact = a.reduce((sum, x, i) => sum + x * (b[i] as number), 0)
  const stored = await written([b])
  expect(stored.similarities(Float32Array.from(a), 0, 1)[0]).toBeCloseTo(exact, 2)
  await stored.close()
})
