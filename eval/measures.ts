/** The measures as pure functions. Ranks count from 1; null is not found. */

export type Rank = number | null

/** Share of what is wanted that stands among the first k: the recall of retrieval, or its success when one thing is wanted. */
export function recallAt(ranks: Rank[], k: number): number {
  return ranks.length === 0 ? 0 : ranks.filter((rank) => rank !== null && rank <= k).length / ranks.length
}

/** 1 / the rank of the first right one, 0 below the first k; its mean is MRR@k (Voorhees 1999, TREC-8 question answering). */
export function reciprocalRank(ranks: Rank[], k: number): number {
  const first = Math.min(...ranks.map((rank) => rank ?? Number.POSITIVE_INFINITY))
  return first <= k ? 1 / first : 0
}

/**
 * Normalised discounted cumulative gain at k with gain 1 for each right one (Järvelin & Kekäläinen 2002): the discounted gain of the ranks at
 * which right ones stand, over that of an order with all `relevant` of them first.
 */
export function ndcg(ranks: Rank[], relevant: number, k: number): number {
  const discount = (rank: number) => 1 / Math.log2(rank + 1)
  const gain = ranks.reduce<number>((sum, rank) => sum + (rank !== null && rank <= k ? discount(rank) : 0), 0)
  let ideal = 0
  for (let rank = 1; rank <= Math.min(relevant, k); rank++) ideal += discount(rank)
  return ideal === 0 ? 0 : gain / ideal
}

/** The score interval of a share (Wilson 1927), 95 % unless told; null for none of none. */
export function wilson(hits: number, of: number, z = 1.959964): [low: number, high: number] | null {
  if (of === 0) return null
  const p = hits / of
  const centre = (p + (z * z) / (2 * of)) / (1 + (z * z) / of)
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))
  return [Math.max(0, centre - half), Math.min(1, centre + half)]
}

export function mean(values: number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The value at a share of the sorted values; of an even number the upper middle is the median. Null for none. */
export function quantile(values: number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null
}

/** Log odds that the record answers; null where there was nothing to quote. */
export type Odds = number | null

export interface CurvePoint {
  /** Questions whose log odds lie below are refused. */
  threshold: number
  /** Share of the answerable questions that are refused. */
  wrongly: number
  /** Share of the unanswerable questions that are refused. */
  rightly: number
}

/**
 * What every threshold on the log odds would refuse: a ROC curve (Fawcett 2006), from refusing nothing but what has no odds at all (null) to
 * refusing everything.
 */
export function refusalCurve(answerable: Odds[], unanswerable: Odds[]): CurvePoint[] {
  const odds = [...answerable, ...unanswerable].filter((o) => o !== null)
  const thresholds = [...new Set(odds)].sort((a, b) => a - b)
  const share = (list: Odds[], threshold: number) => (list.length === 0 ? 0 : list.filter((o) => o === null || o < threshold).length / list.length)
  return [...thresholds, Number.MAX_VALUE].map((threshold) => ({
    threshold,
    wrongly: share(answerable, threshold),
    rightly: share(unanswerable, threshold),
  }))
}

/** The area under the curve: how often an unanswerable question has lower odds than an answerable one, ties as half. */
export function refusalArea(curve: CurvePoint[]): number {
  let area = 0
  let [wrongly, rightly] = [0, 0]
  for (const point of curve) {
    area += ((point.wrongly - wrongly) * (point.rightly + rightly)) / 2
    ;[wrongly, rightly] = [point.wrongly, point.rightly]
  }
  return area
}

export interface Bin {
  from: number
  to: number
  of: number
  /** The mean of the predicted probabilities. */
  predicted: number
  /** How many were right. */
  right: number
}

/** Predictions in bins of equal width with what came of them: the reliability diagram (DeGroot & Fienberg 1983). Empty bins are left out. */
export function reliability(predictions: { probability: number; right: boolean }[], bins = 10): Bin[] {
  return Array.from({ length: bins }, (_, i) => {
    const inside = predictions.filter(({ probability }) => Math.min(bins - 1, Math.floor(probability * bins)) === i)
    const predicted = mean(inside.map(({ probability }) => probability)) ?? 0
    return { from: i / bins, to: (i + 1) / bins, of: inside.length, predicted, right: inside.filter(({ right }) => right).length }
  }).filter(({ of }) => of > 0)
}

/** The expected calibration error: the mean distance between what was predicted and what came, each bin by its size (Naeini and others 2015). */
export function calibrationError(bins: Bin[]): number | null {
  const total = bins.reduce((sum, { of }) => sum + of, 0)
  return total === 0 ? null : bins.reduce((sum, { of, predicted, right }) => sum + Math.abs(predicted * of - right), 0) / total
}

/**
 * The exact test of McNemar (1947): how likely a split at least as uneven is when a question is won as easily as it is lost. Two-sided,
 * binomial; only questions that one of the two runs has right count.
 */
export function mcnemar(won: number, lost: number): number {
  const n = won + lost
  let term = -n * Math.LN2
  let tail = 0
  for (let k = 0; k <= Math.min(won, lost); k++) {
    tail += Math.exp(term)
    term += Math.log(n - k) - Math.log(k + 1)
  }
  return Math.min(1, 2 * tail)
}
