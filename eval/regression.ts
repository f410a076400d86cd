/** One question: a row of features for each of its choices, and which of them are right. */
export interface Group {
  features: number[][]
  right: boolean[]
  /** How much it counts beside others. */
  weight: number
}

export interface Row {
  features: number[]
  label: boolean
}

/** Newton's method is done when no weight moves by more than this. */
const SETTLED = 1e-6
const MOST_STEPS = 200

/**
 * Listwise logistic regression: the weights that give the right choices of each question the highest share of a softmax over all (ListNet's
 * top-one probability; Cao and others 2007). Where several are right any of them will do: expectation and maximisation in turn, each
 * maximisation one step of Newton's. `ridge` is the weight of the squared weights, a question.
 */
export function listwise(groups: Group[], ridge = 1e-6): number[] {
  const usable = groups.filter(({ right }) => right.some(Boolean))
  return newton(usable[0]?.features[0]?.length ?? 0, ridge * usable.length, (weights) => {
    const sums = zeros(weights.length)
    for (const { features, right, weight } of usable) {
      const scores = features.map((row) => dot(row, weights))
      const p = softmax(scores)
      const hit = p.reduce((sum, share, i) => sum + (right[i] ? share : 0), 0)
      const mean = zeros(weights.length).gradient
      features.forEach((row, i) => {
        const share = weight * (p[i] as number)
        const pull = (right[i] ? share / Math.max(hit, 1e-12) : 0) - share
        row.forEach((x, a) => {
          mean[a] = (mean[a] as number) + share * x
          sums.gradient[a] = (sums.gradient[a] as number) + pull * x
          const line = sums.curvature[a] as number[]
          for (let b = 0; b < row.length; b++) line[b] = (line[b] as number) + share * x * (row[b] as number)
        })
      })
      mean.forEach((x, a) => {
        const line = sums.curvature[a] as number[]
        for (let b = 0; b < mean.length; b++) line[b] = (line[b] as number) - (x * (mean[b] as number)) / weight
      })
    }
    return sums
  })
}

/**
 * Logistic regression, both labels weighing the same in all however often each occurs; the last weight is the constant.
 * `ridge` is the weight of the squared weights, the constant aside.
 */
export function logistic(rows: Row[], ridge = 1e-6): number[] {
  const share = (label: boolean) => 1 / Math.max(1, rows.filter((row) => row.label === label).length)
  const weigh = { true: share(true), false: share(false) }
  const size = (rows[0]?.features.length ?? 0) + 1
  return newton(
    size,
    ridge,
    (weights) => {
      const sums = zeros(size)
      for (const { features, label } of rows) {
        const row = [...features, 1]
        const p = 1 / (1 + Math.exp(-dot(row, weights)))
        const weight = weigh[`${label}`]
        row.forEach((x, a) => {
          sums.gradient[a] = (sums.gradient[a] as number) + weight * ((label ? 1 : 0) - p) * x
          const line = sums.curvature[a] as number[]
          for (let b = 0; b < size; b++) line[b] = (line[b] as number) + weight * p * (1 - p) * x * (row[b] as number)
        })
      }
      return sums
    },
    size - 1,
  )
}

interface Sums {
  gradient: number[]
  curvature: number[][]
}

/** Climbs to where the gradient is none; `held` weights are drawn to 0 by the ridge. */
function newton(size: number, ridge: number, sumsAt: (weights: number[]) => Sums, held = size): number[] {
  let weights = Array<number>(size).fill(0)
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, curvature } = sumsAt(weights)
    for (let a = 0; a < held; a++) {
      gradient[a] = (gradient[a] as number) - 2 * ridge * (weights[a] as number)
      const line = curvature[a] as number[]
      line[a] = (line[a] as number) + 2 * ridge
    }
    const move = solve(curvature, gradient)
    // A step that is too long where the curve is flat overshoots.
    const longest = Math.max(...move.map(Math.abs), 0)
    const scale = longest > 10 ? 10 / longest : 1
    weights = weights.map((w, a) => w + scale * (move[a] as number))
    if (longest < SETTLED) break
  }
  return weights
}

/** Solves a symmetric positive definite system by Gaussian elimination with pivots. */
function solve(matrix: number[][], vector: number[]): number[] {
  const n = vector.length
  const m = matrix.map((line, i) => [...line, vector[i] as number])
  for (let c = 0; c < n; c++) {
    let pivot = c
    for (let r = c + 1; r < n; r++) if (Math.abs(m[r]?.[c] as number) > Math.abs(m[pivot]?.[c] as number)) pivot = r
    const line = m[pivot] as number[]
    m[pivot] = m[c] as number[]
    m[c] = line
    if (Math.abs(line[c] as number) < 1e-12) line[c] = 1e-12
    for (let r = 0; r < n; r++) {
      if (r === c) continue
      const other = m[r] as number[]
      const factor = (other[c] as number) / (line[c] as number)
      for (let k = c; k <= n; k++) other[k] = (other[k] as number) - factor * (line[k] as number)
    }
  }
  return m.map((line, i) => (line[n] as number) / (line[i] as number))
}

function zeros(size: number): Sums {
  return { gradient: Array<number>(size).fill(0), curvature: Array.from({ length: size }, () => Array<number>(size).fill(0)) }
}

function dot(a: number[], b: number[]): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] as number), 0)
}

function softmax(scores: number[]): number[] {
  const highest = Math.max(...scores)
  const parts = scores.map((s) => Math.exp(s - highest))
  const all = parts.reduce((sum, x) => sum + x, 0)
  return parts.map((x) => x / all)
}
