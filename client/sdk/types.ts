import type * as contract from '../../server/contract.ts'

type ListedSpeaker = contract.Speakers['speakers'][number]

/** One document. */
export interface Source extends contract.Source {}

/** A span of a source's text that somebody is said to have said. Offsets are UTF-16 code units, half-open. */
export interface Statement extends contract.Statement {}

/** Words of a source: `quote` is its text from `start` to `end`, in UTF-16 code units. `page` and `line` count from 1, `time` is in seconds. */
export interface Citation extends contract.Citation {
  source: Source
  /** What somebody is said to have said in the quote. */
  statements: Statement[]
}

/** An answer in the documents' own words. */
export interface Answer extends contract.Answer {
  /** Best first. */
  citations: Citation[]
}

/** A question, what it follows, what may be quoted, and how many citations are wanted. */
export interface AskRequest extends contract.AskRequest {}

/** A page of the list of sources. */
export interface SourcesPage extends contract.SourcesPage {
  sources: Source[]
}

/** A source with its text and everything that somebody is said to have said in it. */
export interface SourceWithText extends contract.SourceWithText {
  statements: Statement[]
}

/** What is to be verified: that a quote stands at a span of a source, and with `sha256` also that the source's text is still the same. */
export interface VerifyRequest extends contract.VerifyRequest {}

/** Whether it stands there, and if not, why. */
export interface VerifyReply extends contract.VerifyReply {}

/** Somebody who says something in the record, with the role given most often, and how many statements there are. */
export interface Speaker extends ListedSpeaker {}

/** What the server answers from. */
export interface Ready extends contract.Ready {}

/** What went wrong, as RFC 9457 has it. */
export interface Problem extends contract.Problem {}
