import MiniSearch from 'minisearch'
import { termsOf } from './terms.ts'

/** BM25+ parameters (Lv and Zhai 2011): MiniSearch's defaults, which were the best of those tried. */
const BM25 = { k: 1.2, b: 0.7, d: 0.5 }

const OPTIONS = {
  fields: ['text', 'title'],
  idField: 'passage',
  tokenize: termsOf,
  processTerm: (term: string) => term,
  searchOptions: { bm25: BM25, boost: { title: 0.3 }, tokenize: (terms: string) => terms.split(' ') },
}

export interface LexicalHits {
  /** BM25+ of every passage that holds a term of the question. */
  scores: Map<number, number>
  /** The number of passages that hold each term; a term that none holds is not in it. */
  frequency: Map<string, number>
}

/** BM25+ over the passages' words and their sources' titles. */
export class LexicalIndex {
  private readonly search: MiniSearch

  constructor(search: MiniSearch = new MiniSearch(OPTIONS)) {
    this.search = search
  }

  static fromJSON(json: string): LexicalIndex {
    return new LexicalIndex(MiniSearch.loadJSON(json, OPTIONS))
  }

  toJSON(): string {
    return JSON.stringify(this.search)
  }

  get size(): number {
    return this.search.documentCount
  }

  add(passage: number, text: string, title: string): void {
    this.search.add({ passage, text, title })
  }

  /** Does a passage or a title hold the term? */
  has(term: string): boolean {
    return this.search.search(term).length > 0
  }

  /** Terms of the index at most two letters away from one that it does not hold, those of most passages first. */
  similar(term: string): string[] {
    const passages = new Map<string, number>()
    for (const hit of this.search.search(term, { fuzzy: 2, maxFuzzy: 2 })) {
      for (const other of hit.terms) passages.set(other, (passages.get(other) ?? 0) + 1)
    }
    return [...passages].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([other]) => other)
  }

  /** Every passage that holds one of the terms. */
  find(terms: string[], accept?: (passage: number) => boolean): LexicalHits {
    const scores = new Map<number, number>()
    const frequency = new Map<string, number>()
    for (const hit of this.search.search([...new Set(terms)].join(' '))) {
      for (const term of hit.queryTerms) frequency.set(term, (frequency.get(term) ?? 0) + 1)
      if (!accept || accept(hit.id as number)) scores.set(hit.id as number, hit.score)
    }
    return { scores, frequency }
  }
}
