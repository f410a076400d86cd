import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CALIBRATION, calibrationFor, logOddsOf, probabilityOf, readCalibration, SHIPPED } from '../../answer/calibration.ts'
import { failureOf } from '../fixtures.ts'

const OWN = { model: 'tiny@1', weights: { ...SHIPPED.weights, words: 3 }, threshold: 0.5 }
let index: string

beforeAll(async () => {
  index = await mkdtemp(join(tmpdir(), 'onrecord-calibration-'))
})
afterAll(() => rm(index, { recursive: true }))

it('is the shipped one where an index has none of its own, or one of another model', async () => {
  expect(await calibrationFor(index, 'tiny@1')).toEqual(SHIPPED)
  await writeFile(join(index, CALIBRATION), JSON.stringify(OWN))
  expect(await calibrationFor(index, 'other@1')).toEqual(SHIPPED)
  expect(await readCalibration(index, 'other@1')).toBeNull()
})

it('is that of the index for its model, its threshold another when one is set', async () => {
  await writeFile(join(index, CALIBRATION), JSON.stringify(OWN))
  expect(await calibrationFor(index, 'tiny@1')).toEqual(OWN)
  expect(await calibrationFor(index, 'tiny@1', 0.5)).toEqual({ ...OWN, threshold: 0 })
})

it.each([
  ['is not JSON', '{'],
  ['lacks a weight', JSON.stringify({ ...OWN, weights: {} })],
  ['has a field that means nothing', JSON.stringify({ ...OWN, thershold: 1 })],
])('names its file and the remedy when it %s', async (_, text) => {
  await writeFile(join(index, CALIBRATION), text)
  const failure = await failureOf(calibrationFor(index, 'tiny@1'))
  expect(failure).toMatchObject({ code: 'CALIBRATION_INVALID', message: expect.stringMatching(/calibration\.json.*--calibrate/) })
})

it('turns log odds into a probability and back', () => {
  expect([probabilityOf(0), logOddsOf(0.5)]).toEqual([0.5, 0])
  expect(logOddsOf(probabilityOf(-1.1))).toBeCloseTo(-1.1)
})
