import type { Readable } from 'node:stream'
import type { Filters } from './filter.ts'
import type { LexicalHit } from './lexical.ts'
import type { StoredSource } from './stored-sources.ts'
import type { Neighbour } from './stores/store.ts'
import type { Passage, Source } from './types.ts'
import type { Voice } from './voices.ts'

/** What is at hand at once, or has to be fetched. */
export type Fetched<T> = T | Promise<T>

/** Passages that searches keep to; made by the reader that is to search them. */
export interface PassageSet {
  readonly isEmpty: boolean
  add(passages: number[]): void
}

/** Whose statements are asked for, and when: all of it has to hold. */
export interface SaidBy {
  /** The words for who says it; null for anybody. */
  speaker: string | null
  /** Persons who are called so somewhere in the record: elsewhere their names alone say who they are. */
  persons: ReadonlySet<string>
  /** Days as YYYY-MM-DD; `before` is exclusive. */
  after: string | null
  before: string | null
}

/** Which passages a search looks at; all of it has to hold. */
export interface Within {
  /** A passage holds when one of its sentences may. */
  filters?: Filters | undefined
  /** None but these. */
  passages?: PassageSet | null | undefined
  /** None of the sources of this group of near-copies. */
  notOf?: number | undefined
}

/** What BM25+ finds of some terms. */
export interface Matches {
  /** The number of passages that hold each term; a term that none holds is not in it. */
  readonly frequency: ReadonlyMap<string, number>
  /** The passages with the highest scores, best first; of equal ones the first. At most 100 of them, none of the group `notOf`. */
  best(most: number, notOf?: number): LexicalHit[]
  /** BM25+ of each passage; 0 for one that holds no term. */
  scoresOf(passages: number[]): Fetched<number[]>
}

/** A sentence, by its passage and its number in that. */
export interface SentencePlace {
  passage: number
  sentence: number
}

/** What is counted when a generation is made. */
export interface Counts {
  sources: number
  passages: number
  /** Documents in each language that could be told. */
  languages: Record<string, number>
}

/** Somebody who says something, with the role that is given most often. */
export interface ListedSpeaker {
  name: string
  role: string | null
  statements: number
}

/**
 * What answering reads of a generation, whatever holds it. Sources and passages have numbers, which hold in this generation alone and grow in
 * the order of a source's text. What is fetched is fetched by the functions that give a promise; the others tell of what has been fetched: of
 * passages that were brought, and of the sources and texts that those stand in. They throw of anything else.
 */
export interface GenerationReader {
  readonly id: string
  /** When it was made, as an ISO date and time. */
  readonly created: string
  readonly counts: Counts
  /** Said once when it is held otherwise than was asked for. */
  readonly notice: string | null
  /** Are there vectors of tokens? */
  readonly hasTokens: boolean

  /** The same for one question: what it brings stays at hand as long as it is used. */
  forQuestion(): GenerationReader

  /** The k nearest passages, nearest first, as far as the approximation finds them. */
  nearest(vector: Float32Array, k: number, within?: Within): Fetched<Neighbour[]>
  /** The cosine of a vector and each passage. */
  cosines(vector: Float32Array, passages: number[]): Fetched<number[]>
  matching(terms: string[], within?: Within): Fetched<Matches>
  /** The terms that no passage and no title holds. */
  unheld(terms: string[]): Fetched<string[]>
  /** Terms that some passage holds and that may be meant by one that none does, those of most passages first: all one letter off with the same first letter are among them. */
  similar(term: string): Fetched<string[]>

  /** Who speaks, or whose paper a source is, that all of these terms are of (index/voices.ts). */
  voices(needed: string[]): Fetched<Voice[]>
  /** The passages in which such a statement stands; with `papers` also those of the sources whose outlet is called so, published at that time. */
  passagesSaid(by: SaidBy, papers: boolean): Fetched<PassageSet>
  /** How many statements and publications there are of each month (YYYY-MM) or year (YYYY). */
  dates(): Fetched<ReadonlyMap<string, number>>
  /** The group of near-copies that the source of each passage is in; null for none. */
  groupsOf(passages: number[]): Fetched<(number | null)[]>
  /** The passages of a source that are nearest to a passage of another one, at most so many, which are brought. */
  likeIn(source: StoredSource, passage: number, most: number): Fetched<number[]>
  /** The sources of a group of near-copies, which are brought, the earliest published first, then by their paths; at most so many. */
  membersOf(group: number, most: number): Fetched<number[]>
  /** The number of a source, which is brought, by its id; undefined where there is none. */
  numberOf(id: string): Fetched<number | undefined>
  /** So many sources from the nth on, in the order in which they were indexed, without their texts. */
  list(from: number, most: number): Fetched<StoredSource[]>
  /** Everybody who says something, by the name that filters compare: those with most statements first, then by name, at most so many. */
  speakers(most: number): Fetched<ListedSpeaker[]>
  /** Statements spread over all, in the order of sources: the number of the source, which is brought, and that of the statement in it. */
  someStatements(most: number): Fetched<{ source: number; statement: number }[]>
  /** The sources whose id begins so, or whose path or title holds it in any case: the first of them, and how many there are. */
  sourcesLike(part: string, most: number): Fetched<{ ids: string[]; total: number }>
  /** The bytes of the file that a source was read from; null where it is gone or holds others now. */
  original(source: StoredSource): Promise<Readable | null>
  /** The passages of a source, in the order of its text, which are brought. */
  passagesOf(source: StoredSource): Fetched<number[]>
  /** The passages and the texts of their sources. */
  bring(passages: number[]): Fetched<void>
  /** The vectors of the sentences and tokens of passages that were brought. */
  bringVectors(passages: number[]): Fetched<void>

  source(number: number): StoredSource
  /** Who is "the Board" in a source, as it names it in full; the name itself where it does not. */
  nameInFull(source: Pick<Source, 'id'>, speaker: string): string
  sourceOf(passage: number): number
  passage(passage: number): Passage
  /** The whole text of a source. Throws INDEX_DAMAGED when it is not what was indexed. */
  text(source: number): string
  /** The cosine of a vector of length 1 with each sentence of a passage. */
  sentenceCosines(vector: Float32Array, passage: number): number[]
  between(one: SentencePlace, other: SentencePlace): number
  /** For each sentence of each passage the highest cosine of each token of a question, whose vectors are `rows`. */
  highest(rows: Float32Array, passages: number[]): Float32Array[][]

  close(): Promise<void>
}
