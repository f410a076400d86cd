/** The words of this codebase as types. Offsets are UTF-16 code units in a source's text, half-open. */

/** From `start` to `end` of a text. */
export interface Span {
  start: number
  end: number
}

/** Where a publication date comes from: the running text, the document's own metadata, sources.yaml, or the file's time. */
export type DateOrigin = 'text' | 'metadata' | 'sidecar' | 'file'

/** One document. */
export interface Source {
  /** From the folder's name and the relative path: it stays the same when the text is edited. */
  id: string
  /** The folder's name and the path in it, with forward slashes. */
  path: string
  title: string
  outlet: string | null
  author: string | null
  /** YYYY-MM-DD, YYYY-MM or YYYY. */
  published: string | null
  publishedFrom: DateOrigin | null
  /** The public address of the original, http or https. */
  url: string | null
  mediaType: string
  /** Hexadecimal sha256 of the text in UTF-8. */
  sha256: string
}

/** The facts about a source that its file, its folder's sources.yaml or its text gives; all of them optional. The language is as BCP 47 has it. */
export type Facts = Pick<Source, 'outlet' | 'author' | 'published' | 'url'> & { title: string | null; language: string | null }

/** A span that somebody is said to have said. */
export interface Statement extends Span {
  /** The text's own words for the speaker: "the spokesperson", "she". */
  mention: string | null
  speaker: string
  role: string | null
  /** direct: all of it in quotation marks, indirect: none of it, mixed: some. */
  speech: 'direct' | 'indirect' | 'mixed'
  cue: string | null
  /** YYYY[-MM[-DD]] */
  saidOn: string | null
  /** The words that the day was resolved from. */
  saidOnText: string | null
}

/** What a loader reads from a file, or from one of the documents in it. */
export interface Loaded {
  text: string
  mediaType: string
  /** Facts from the document's metadata: front matter, HTML meta. */
  facts: Partial<Facts>
  /** Where there are several documents in a file, the name of this one among them. */
  part?: string
  /** Where each page begins in the text: the first number is that of page 1. Absent where there are no pages. */
  pages?: number[]
  /** Where each moment of a recording begins, in the order of the text. Absent where nothing was recorded. */
  moments?: Moment[]
  /** Who speaks where, in formats that say so. */
  turns?: Turn[]
  /** Why this one of several documents could not be read, and what to do about it; its text is empty then. */
  skip?: Pick<Skipped, 'code' | 'remedy'>
}

export interface Moment {
  /** The offset in the text at which it begins. */
  at: number
  /** Seconds from the beginning of the recording. */
  time: number
}

/** Words that a format itself gives to a speaker. */
export interface Turn extends Span {
  speaker: string
}

/** One paragraph, or short neighbours joined, or a part of a long one; sentences tile it but for white space. */
export interface Passage extends Span {
  sentences: Span[]
}

/** A file that was not indexed, why, and what to do about it. */
export interface Skipped {
  path: string
  code: string
  remedy: string
}
