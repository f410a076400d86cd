import type { Filters } from '../index/filter.ts'
import type { Statement } from '../index/types.ts'

/** What answers a question. White space counts as one space in all of its words. */
export interface Gold {
  /** The end of the source's path, from a slash on. */
  doc: string
  /** The paragraph that the quote must lie in; null: anywhere in the document. */
  within: string | null
  /** The quote must hold one of these. */
  accepted: string[]
}

/** One question of a set, in the one form that everything here works on. */
export interface Case {
  id: string
  question: string
  /** What sort of question it is: figures are given a kind as well. */
  kind: string | null
  /** Earlier questions of the same conversation. */
  history: string[]
  filters: Filters | undefined
  answerable: boolean
  gold: Gold[]
  /** Are all of the golds wanted, among the first four quotes? Otherwise any one will do, among the first three. */
  all: boolean
  /** The only documents that may be quoted; null: any. */
  only: string[] | null
  /** The accepted speakers, each as the words that name and role must hold. */
  speakers: string[][] | null
  speech: Statement['speech'] | null
  /** The day of speaking, YYYY[-MM[-DD]]. */
  saidOn: string | null
  /** Words of the question that stand nowhere, one of which the answer must name. */
  missing: string[]
  /** Figures that differ, which one disagreement must hold. */
  figures: string[]
}

/** What a question that says no more than its words and its answer leaves open. */
export const UNASKED = {
  history: [],
  filters: undefined,
  all: false,
  only: null,
  speakers: null,
  speech: null,
  saidOn: null,
  missing: [],
  figures: [],
} satisfies Partial<Case>

/** A text document that a set brings along. */
export interface SetDocument {
  name: string
  text: string
}

export interface QuestionSet {
  name: string
  /** Of the file; two runs are paired when it is the same in both. Null for questions that no file holds. */
  sha256: string | null
  form: 'squad' | 'record' | 'headings'
  cases: Case[]
  /** What is to be indexed for it; null: the documents are somewhere else. */
  documents: SetDocument[] | null
}
