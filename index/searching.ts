import { areSet, type Filters, isWanted, saidInFilters } from './filter.ts'
import type { Generation } from './generation.ts'
import { nearestOf } from './nearest.ts'
import type { Fetched, Matches, PassageSet, Within } from './reader.ts'
import type { StoredSource } from './stored-sources.ts'
import type { Neighbour } from './stores/store.ts'

/**
 * Passages of which all are compared when nothing else is searched. The graph of the vector index is walked until it has come by enough that are
 * accepted: among 100,000 that takes 120 ms for 5 of them, 58 for 2,000 and 39 for 5,000; comparing as many takes 0.2, 5 and 17.
 */
export const FEW = 4000
/** Passages that a question takes of each search, at most. */
const MOST = 100
/** Pairs of a passage and a source of which it is kept what is alike. */
const KEPT = 2000

/** Passages of an index in a folder. */
export class Passages implements PassageSet {
  readonly numbers: Set<number>

  constructor(numbers: Set<number>) {
    this.numbers = numbers
  }

  get isEmpty(): boolean {
    return this.numbers.size === 0
  }

  add(passages: number[]): void {
    for (const passage of passages) this.numbers.add(passage)
  }
}

/** Which passages pass. */
interface Passing {
  accepts: (passage: number) => boolean
  /** None beside these does; null where they are not told. */
  among: Set<number> | null
}

/** The searches of an index in a folder. */
export class Searching {
  private readonly generation: Generation
  /** What was found to pass filters, as long as those are in use. */
  private readonly passing = new WeakMap<Filters, Passing>()
  private readonly like = new Map<string, number[]>()

  constructor(generation: Generation) {
    this.generation = generation
  }

  nearest(vector: Float32Array, k: number, within: Within): Fetched<Neighbour[]> {
    const { store } = this.generation
    const { accepts, among } = this.passingIn(within)
    if (among === null || among.size > FEW) return store.nearest(vector, k, accepts)
    return nearestOf(store, accepts ? [...among].filter(accepts) : [...among], vector, k)
  }

  matching(terms: string[], within: Within): Matches {
    const hits = this.generation.lexical.find(terms, this.passingIn(within).accepts)
    return {
      frequency: hits.frequency,
      best: (most, notOf) => hits.best(Math.min(most, MOST), notOf === undefined ? undefined : (passage) => this.groupOf(passage) !== notOf),
      scoresOf: (passages) => passages.map((passage) => hits.scoreOf(passage)),
    }
  }

  /** The passages of a source that are nearest to a passage of another one; asked for again by every question that comes by both. */
  async likeIn({ firstPassage, passages }: StoredSource, passage: number, most: number): Promise<number[]> {
    const key = `${passage} ${firstPassage}`
    const known = this.like.get(key)
    if (known) return known
    const { store } = this.generation
    const vector = store.vectorOf(passage)
    const isIn = (other: number) => other >= firstPassage && other < firstPassage + passages
    const all = passages > FEW ? null : Array.from({ length: passages }, (_, i) => firstPassage + i)
    const neighbours = all ? nearestOf(store, all, vector, most) : await store.nearest(vector, most, isIn)
    const found = neighbours.map((neighbour) => neighbour.passage)
    if (this.like.size >= KEPT) this.like.clear()
    this.like.set(key, found)
    return found
  }

  private passingIn({ filters, passages, notOf }: Within): { accepts: Passing['accepts'] | undefined; among: Set<number> | null } {
    const set = passages ? (passages as Passages).numbers : null
    const passing = areSet(filters) ? this.passingFilters(filters) : null
    const tests: Passing['accepts'][] = []
    if (set) tests.push((passage) => set.has(passage))
    if (passing) tests.push(passing.accepts)
    if (notOf !== undefined) tests.push((passage) => this.groupOf(passage) !== notOf)
    const [only] = tests
    const accepts = tests.length > 1 ? (passage: number) => tests.every((test) => test(passage)) : only
    return { accepts, among: set ?? passing?.among ?? null }
  }

  /** Which passages pass filters: those in which something may be quoted. Those of few sources are told. */
  private passingFilters(filters: Filters): Passing {
    const known = this.passing.get(filters)
    if (known) return known
    const { generation } = this
    const wanted = generation.sources.map((source) => isWanted(source, filters))
    const accepts = (passage: number) => {
      const number = generation.sourceOf(passage)
      if (!wanted[number]) return false
      const source = generation.source(number)
      return generation.passage(passage).sentences.some((sentence) => saidInFilters(source, sentence, filters))
    }
    const passing = { accepts, among: filters.outlet || filters.source ? fewIn(generation.sources.filter((_, number) => wanted[number])) : null }
    this.passing.set(filters, passing)
    return passing
  }

  private groupOf(passage: number): number | null {
    return this.generation.source(this.generation.sourceOf(passage)).group
  }
}

/** The passages of sources, null where there are many. */
function fewIn(sources: StoredSource[]): Set<number> | null {
  const among = new Set<number>()
  for (const { firstPassage, passages } of sources) {
    if (among.size + passages > FEW) return null
    for (let i = 0; i < passages; i++) among.add(firstPassage + i)
  }
  return among
}
