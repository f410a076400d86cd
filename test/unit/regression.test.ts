import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Evidence, oddsOf } from '../../answer/calibration.ts'
import type { Features } from '../../answer/select.ts'
import { calibrate, thresholdAt, WRONGLY } from '../../eval/calibrate.ts'
import { type Candidates, FITTED, firstOf, fitSelection } from '../../eval/fit.ts'
import { listwise, logistic } from '../../eval/regression.ts'
import { failureOf } from '../fixtures.ts'

/** A pseudo-random number of 0..1 from a counter, the same in every run. */
function sequence(): () => number {
  let state = 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

const logit = (x: number) => 1 / (1 + Math.exp(-x))

describe('logistic regression', () => {
  it('finds the weights that labels were drawn by', () => {
    const draw = sequence()
    const rows = Array.from({ length: 20_000 }, () => {
      const features = [draw() * 2 - 1, draw() * 2 - 1]
      return { features, label: draw() < logit(2 * (features[0] as number) - (features[1] as number)) }
    })
    const [a, b, constant] = logistic(rows)
    expect([a, b, constant]).toEqual([expect.closeTo(2, 0), expect.closeTo(-1, 0), expect.closeTo(0, 0)])
    expect(Math.abs((a as number) - 2)).toBeLessThan(0.15)
  })

  it('lets both labels weigh the same, however often each occurs', () => {
    const rows = [
      ...Array.from({ length: 300 }, (_, i) => ({ features: [i % 3], label: true })),
      { features: [1], label: false },
      { features: [0], label: false },
    ]
    const odds = logistic(rows)
    const at = (x: number) => (odds[0] as number) * x + (odds[1] as number)
    expect(at(2)).toBeGreaterThan(0)
    expect(at(0)).toBeLessThan(0)
  })

  it('stays finite where the labels are told apart completely', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 30 }), (xs) => {
        const weights = logistic(xs.map((x) => ({ features: [x], label: x > 0 })))
        expect(weights.every(Number.isFinite)).toBe(true)
      }),
    )
  })
})

describe('listwise regression', () => {
  it('finds the feature that the right choice has most of', () => {
    const draw = sequence()
    const groups = Array.from({ length: 500 }, () => {
      const features = Array.from({ length: 8 }, () => [draw(), draw()])
      const best = features.reduce((at, row, i) => ((row[0] as number) + draw() / 10 > (features[at]?.[0] as number) + draw() / 10 ? i : at), 0)
      return { features, right: features.map((_, i) => i === best), weight: 1 }
    })
    const [told, noise] = listwise(groups)
    expect(told).toBeGreaterThan(20)
    expect(Math.abs(noise as number)).toBeLessThan((told as number) / 10)
  })

  it('takes any of several right choices, and leaves out questions without one', () => {
    const features = [[1], [0], [0]]
    expect(
      listwise([
        { features, right: [true, true, false], weight: 1 },
        { features, right: [false, false, false], weight: 1 },
      ])[0],
    ).toBeGreaterThan(0)
    expect(listwise([])).toEqual([])
  })
})

it('follows the groups that weigh more', () => {
  const features = [[1], [0]]
  const groups = (weight: number) => [
    { features, right: [true, false], weight },
    { features, right: [false, true], weight: 1 },
  ]
  // The share of the first choice is that of the weights.
  expect([3, 1, 1 / 3].map((weight) => listwise(groups(weight))[0] as number).map((odds) => Math.round(Math.exp(odds) * 100) / 100)).toEqual([3, 1, 0.33])
})

describe('the fit of the choice', () => {
  const features = (some: Partial<Features>) => ({ ...Object.fromEntries(FITTED.map((key) => [key, 0])), heading: 0, ...some }) as Features
  const choice = (some: Partial<Features>, sentence: number) => ({
    start: 0,
    end: 1,
    passage: 0,
    sentence,
    features: features(some),
    score: 0,
    needs: { reach: { start: 0, end: 0 }, leans: false, opens: false },
    places: [],
  })

  it('puts the right sentence first by the feature that tells it', () => {
    const questions: Candidates[] = Array.from({ length: 20 }, (_, i) => ({
      choices: [choice({ words: 0.2 + (i % 3) / 10, sentence: 0.9 }, 0), choice({ words: 0.8, sentence: 0.1 + (i % 5) / 10 }, 1)],
      right: [false, true],
      inPlace: [true, true],
    }))
    expect(firstOf(questions, fitSelection(questions))).toEqual({ right: 1, inPlace: 1 })
    const bySentence = FITTED.map((key) => (key === 'sentence' ? 1 : 0))
    expect(firstOf(questions, bySentence)).toEqual({ right: 0, inPlace: 1 })
  })
})

describe('a calibration', () => {
  const evidence = (words: number): Evidence => ({ sentence: 0.6, passage: 0.6, words, coverage: 0.5, missing: 0, typeMissing: 0 })
  const questions = (own: number, others: number) => [
    ...Array.from({ length: own }, (_, i) => ({ evidence: evidence(0.5 + (i % 10) / 50), answerable: true })),
    ...Array.from({ length: others }, (_, i) => ({ evidence: evidence(0.3 + (i % 15) / 50), answerable: false })),
  ]

  it('refuses at most its share of what is answered, and most of what is not', () => {
    const all = questions(200, 100)
    const { model, weights, threshold } = calibrate('tiny@1', all)
    const refused = (answerable: boolean) => {
      const odds = all.filter((q) => q.answerable === answerable).map((q) => oddsOf(q.evidence, { weights }))
      return odds.filter((o) => o < threshold).length / odds.length
    }
    expect(model).toBe('tiny@1')
    expect(refused(true)).toBeLessThanOrEqual(WRONGLY)
    expect(refused(false)).toBeGreaterThan(0.6)
  })

  it('wants enough questions of both kinds, and says how to get them', async () => {
    expect(await failureOf(Promise.resolve().then(() => calibrate('tiny@1', questions(200, 5))))).toMatchObject({
      code: 'SET_INVALID',
      message: expect.stringMatching(/200 and 5.*--split/s),
    })
  })

  it('takes the highest threshold that refuses no more than the share', () => {
    const odds = Array.from({ length: 100 }, (_, i) => i)
    expect([thresholdAt(odds, 0.03), thresholdAt(odds, 0)]).toEqual([3, 0])
  })
})
