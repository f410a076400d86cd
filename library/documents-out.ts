import { Document } from '@langchain/core/documents'
import type { Citation } from '../answer/cite.ts'

/** What the metadata of a passage holds, as a document of LangChain. */
export type PassageMetadata = {
  /** The path of the source. */
  source: string
  title: string
  /** Where the passage stands in the source's text: UTF-16 code units, half-open. */
  start: number
  end: number
  /** From 1; null in what has no pages. */
  page: number | null
  /** From 1. */
  line: number
  /** From 0 to 1, among what was found for the same query; 0 where nothing was searched for. */
  score: number
  /** The whole citation: the source with its facts and checksum, who says what in the passage, and where else it stands. */
  citation: Citation
}

/** A cited passage as a document of LangChain; its text is the passage, byte for byte. */
export function documentOf(citation: Citation): Document<PassageMetadata> {
  const { source, quote, start, end, page, line, score } = citation
  return new Document({
    id: `${source.id}:${start}-${end}`,
    pageContent: quote,
    metadata: { source: source.path, title: source.title, start, end, page, line, score, citation },
  })
}
