import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { probabilityOf } from '../../answer/calibration.ts'
import { calibrationError, mcnemar, ndcg, quantile, recallAt, reciprocalRank, refusalArea, refusalCurve, reliability, wilson } from '../../eval/measures.ts'

describe('of ranks', () => {
  it('recall is the share of what is wanted among the first k', () => {
    expect(recallAt([1, null, 7], 5)).toBeCloseTo(1 / 3)
    expect([recallAt([5], 5), recallAt([6], 5), recallAt([null], 5), recallAt([], 5)]).toEqual([1, 0, 0, 0])
  })

  it('the reciprocal rank is that of the first right one within k', () => {
    expect([reciprocalRank([null, 4, 9], 10), reciprocalRank([11], 10), reciprocalRank([null], 10)]).toEqual([0.25, 0, 0])
  })

  it('nDCG discounts by the logarithm of the rank and divides by the best order', () => {
    expect(ndcg([2], 1, 10)).toBeCloseTo(0.63093, 5)
    // (1 + 1/2) / (1 + 1/log2(3))
    expect(ndcg([1, 3], 2, 10)).toBeCloseTo(0.91972, 5)
    expect([ndcg([], 0, 10), ndcg([11], 1, 10), ndcg([1, 2, 3], 3, 10)]).toEqual([0, 0, 1])
  })

  it('nDCG lies between 0 and 1, and no order is better than the right ones first', () => {
    const ranks = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 12 })
    fc.assert(
      fc.property(ranks, (found) => {
        const value = ndcg(found, found.length, 10)
        const first = ndcg(
          found.map((_, i) => i + 1),
          found.length,
          10,
        )
        return value >= 0 && value <= first + 1e-12 && first <= 1 + 1e-12
      }),
    )
  })
})

describe('of shares', () => {
  it("Wilson's interval is that of published tables", () => {
    const [low, high] = wilson(8, 10) as [number, number]
    expect([low, high].map((x) => x.toFixed(4))).toEqual(['0.4902', '0.9433'])
    expect((wilson(0, 10) as number[]).map((x) => x.toFixed(4))).toEqual(['0.0000', '0.2775'])
    expect(wilson(0, 0)).toBeNull()
  })

  it("Wilson's interval holds the share and stays within 0 and 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, part) => {
        const hits = Math.round(of * part)
        const [low, high] = wilson(hits, of) as [number, number]
        return low >= 0 && low <= hits / of + 1e-12 && high >= hits / of - 1e-12 && high <= 1
      }),
    )
  })

  it('a quantile is one of the values', () => {
    expect([quantile([3, 1, 2], 0.5), quantile([4, 1, 3, 2], 0.5), quantile([1, 2], 0.95), quantile([], 0.5)]).toEqual([2, 3, 2, null])
  })
})

describe('of refusals', () => {
  const answerable = [2, 1, -1, null]
  const unanswerable = [-2, -1, 1.5]

  it('the curve tells for each threshold what is refused wrongly and rightly', () => {
    const curve = refusalCurve(answerable, unanswerable)
    expect(curve.map(({ threshold, wrongly, rightly }) => [threshold, wrongly, Math.round(rightly * 3)])).toEqual([
      [-2, 0.25, 0],
      [-1, 0.25, 1],
      [1, 0.5, 2],
      [1.5, 0.75, 2],
      [2, 0.75, 3],
      [Number.MAX_VALUE, 1, 3],
    ])
  })

  it('the area is how often an unanswerable question has lower odds, ties as half', () => {
    const odds = fc.array(fc.option(fc.integer({ min: -4, max: 4 })), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(odds, odds, (yes, no) => {
        const pairs = no.flatMap((b) => yes.map((a) => [a ?? -99, b ?? -99] as const))
        const wins = pairs.reduce((sum, [a, b]) => sum + (b < a ? 1 : b === a ? 0.5 : 0), 0)
        return Math.abs(refusalArea(refusalCurve(yes, no)) - wins / pairs.length) < 1e-9
      }),
    )
  })
})

describe('of probabilities', () => {
  const predictions = [
    { probability: 0.05, right: false },
    { probability: 0.92, right: true },
    { probability: 0.98, right: false },
    { probability: 1, right: true },
  ]

  it('log odds become probabilities by the logistic function', () => {
    expect([probabilityOf(0), probabilityOf(Math.log(3))]).toEqual([0.5, expect.closeTo(0.75)])
  })

  it('bins hold what was predicted and what came; 1 is in the last one', () => {
    expect(reliability(predictions)).toEqual([
      { from: 0, to: 0.1, of: 1, predicted: 0.05, right: 0 },
      { from: 0.9, to: 1, of: 3, predicted: expect.closeTo(0.96667, 4), right: 2 },
    ])
  })

  it('the calibration error weighs each bin by its size', () => {
    // (1 × |.05 − 0| + 3 × |.96667 − .66667|) / 4
    expect(calibrationError(reliability(predictions))).toBeCloseTo(0.2375)
    expect(calibrationError([])).toBeNull()
  })
})

describe("McNemar's exact p", () => {
  it('is the two-sided binomial tail', () => {
    // 2 × (1 + 10) / 1024
    expect(mcnemar(9, 1)).toBeCloseTo(0.021484, 6)
    expect([mcnemar(0, 0), mcnemar(5, 5)]).toEqual([1, 1])
  })

  it('does not depend on the order, and stays a probability for many questions', () => {
    const count = fc.integer({ min: 0, max: 3000 })
    fc.assert(fc.property(count, count, (won, lost) => mcnemar(won, lost) === mcnemar(lost, won) && mcnemar(won, lost) >= 0 && mcnemar(won, lost) <= 1))
  })
})
