import { type LexicalColumns, numberOf, readLexicalFile, readList, termAt } from './lexical-file.ts'
import { termsNear } from './near-terms.ts'

/** BM25+ parameters (Lv and Zhai 2011), MiniSearch's defaults: the best of those tried. */
export const K = 1.2
export const B = 0.7
export const D = 0.5
/** What a term in the title counts beside one in the text. */
export const TITLE = 0.3
/** Letters that a similar term may differ in. */
export const EDITS = 2

export interface LexicalHit {
  passage: number
  score: number
}

/** BM25+ over the passages' words and their sources' titles: of each passage the sum over terms, times the number of terms that it holds. */
export class LexicalIndex {
  /** The file, for the writer that takes passages over. */
  readonly columns: LexicalColumns
  readonly size: number
  private readonly fields: { boost: number; norms: Float64Array }[]

  constructor(columns: LexicalColumns) {
    this.columns = columns
    this.size = columns.textLengths.length
    this.fields = [
      { boost: 1, norms: normsOf(columns.textLengths) },
      { boost: TITLE, norms: normsOf(columns.titleLengths) },
    ]
  }

  /** Reads what LexicalWriter wrote. Throws when the bytes are something else. */
  static from(bytes: Uint8Array): LexicalIndex {
    return new LexicalIndex(readLexicalFile(bytes))
  }

  /** Does a passage or a title hold the term? */
  has(term: string): boolean {
    return numberOf(this.columns, term) >= 0
  }

  /** Terms of the index at most two letters away from one that it does not hold, those of most passages first. */
  similar(term: string): string[] {
    const seen = new Int32Array(this.size)
    return termsNear(term, EDITS, this.columns)
      .map((number, i) => {
        let passages = 0
        const count = (passage: number) => {
          if (seen[passage] !== i + 1) passages++
          seen[passage] = i + 1
        }
        for (const field of this.fields.keys()) readList(this.columns, 2 * number + field, count)
        return { term: termAt(this.columns, number), passages }
      })
      .sort((a, b) => b.passages - a.passages || (a.term < b.term ? -1 : 1))
      .map((near) => near.term)
  }

  /** Every passage that holds one of the terms. `accept` leaves passages out of the best, but they are counted. */
  find(terms: string[], accept?: (passage: number) => boolean): LexicalHits {
    const scores = new Float64Array(this.size)
    const held = new Uint16Array(this.size)
    const lastHeld = new Uint16Array(this.size)
    const frequency = new Map<string, number>()
    for (const term of new Set(terms)) {
      const number = numberOf(this.columns, term)
      if (number < 0) continue
      const nth = frequency.size + 1
      let passages = 0
      this.fields.forEach(({ boost, norms }, field) => {
        let weight = 0
        readList(
          this.columns,
          2 * number + field,
          (passage, f) => {
            scores[passage] = (scores[passage] as number) + weight * (D + (f * (K + 1)) / (f + (norms[passage] as number)))
            if (lastHeld[passage] === nth) return
            lastHeld[passage] = nth
            held[passage] = (held[passage] as number) + 1
            passages++
          },
          (count) => {
            weight = boost * Math.log(1 + (this.size - count + 0.5) / (count + 0.5))
          },
        )
      })
      frequency.set(term, passages)
    }
    for (let passage = 0; passage < this.size; passage++) scores[passage] = (scores[passage] as number) * (held[passage] as number)
    return new LexicalHits(scores, frequency, accept)
  }
}

export class LexicalHits {
  /** The number of passages that hold each term; a term that none holds is not in it. */
  readonly frequency: ReadonlyMap<string, number>
  private readonly scores: Float64Array
  private readonly accept: ((passage: number) => boolean) | undefined

  constructor(scores: Float64Array, frequency: Map<string, number>, accept?: (passage: number) => boolean) {
    this.scores = scores
    this.frequency = frequency
    this.accept = accept
  }

  /** BM25+ of a passage; 0 when it holds no term of the question. */
  scoreOf(passage: number): number {
    return this.scores[passage] ?? 0
  }

  /** The passages with the highest scores, best first; of equal ones the first. */
  best(most: number, among: (passage: number) => boolean = () => true): LexicalHit[] {
    const best: LexicalHit[] = []
    for (let passage = 0; passage < this.scores.length; passage++) {
      const score = this.scores[passage] as number
      if (score === 0 || score <= (best[most - 1]?.score ?? 0) || this.accept?.(passage) === false || !among(passage)) continue
      let at = best.length
      while (at > 0 && (best[at - 1] as LexicalHit).score < score) at--
      best.splice(at, 0, { passage, score })
      if (best.length > most) best.pop()
    }
    return best
  }
}

/** What the frequency of a term is weighed against in each passage: the longer the passage, the more. */
function normsOf(lengths: Uint32Array): Float64Array {
  let sum = 0
  for (const length of lengths) sum += length
  const average = sum / lengths.length
  return Float64Array.from(lengths, (length) => K * (1 - B + (B * length) / average))
}
