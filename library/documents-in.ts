import { posix, win32 } from 'node:path'
import { OnRecordError } from '../index/errors.ts'
import { factsOf, isWebAddress } from '../index/facts.ts'
import type { GivenDocument } from '../index/given.ts'
import { LIMITS } from '../index/loaders/loader.ts'

/**
 * A document as LangChain has it. Of its metadata are read: `source` (a path or web address: what the source is called), `title`, `author`,
 * `outlet` or `publisher`, `published` or `date`, `url`, `language`, `mediaType`, and `loc.pageNumber` of the pages of a PDF. A page or chunk is a
 * document of its own.
 */
export interface DocumentIn {
  pageContent: string
  metadata?: Record<string, unknown>
  id?: string | undefined
}

/** Documents, one after the other, or a document loader of LangChain. */
export type DocumentsIn = Iterable<DocumentIn> | AsyncIterable<DocumentIn> | { load(): Promise<DocumentIn[]> }

/** Documents as the index takes them. Throws USAGE when one has no text. */
export async function givenOf(documents: DocumentsIn): Promise<GivenDocument[]> {
  const given: GivenDocument[] = []
  for await (const document of 'load' in documents ? await documents.load() : documents) given.push(givenDocument(document, given.length + 1))
  return given
}

function givenDocument({ pageContent, metadata = {}, id }: DocumentIn, number: number): GivenDocument {
  if (typeof pageContent !== 'string') {
    throw new OnRecordError('USAGE', `Document ${number} has no text.`, 'Give documents as LangChain has them: { pageContent, metadata }.')
  }
  // "source" is where LangChain's loaders say a document comes from, not who published it.
  const { source, ...rest } = metadata
  const named = [source, metadata.path, metadata.url, id].find((one): one is string => typeof one === 'string' && one.trim() !== '')
  const page = pageOf(metadata)
  const url = typeof source === 'string' && isWebAddress(source) ? { url: source } : {}
  return {
    name: `${named === undefined ? `document-${number}` : nameOf(named)}${page === null ? '' : `#page-${page}`}`,
    text: pageContent,
    mediaType: typeof metadata.mediaType === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(metadata.mediaType) ? metadata.mediaType : 'text/plain',
    facts: { ...url, ...factsOf(dated(propertiesOf(metadata))), ...factsOf(dated(rest)) },
    // Every page before it begins, and ends, where it begins.
    ...(page !== null && { pages: Array.from({ length: page }, () => 0) }),
  }
}

/** Of an absolute path the last part only: an answer tells nothing of this machine. */
function nameOf(source: string): string {
  const path = source.replace(/^file:\/\//i, '')
  if (isWebAddress(source) || !(posix.isAbsolute(path) || win32.isAbsolute(path))) return source
  return win32.basename(path)
}

function pageOf({ loc }: Record<string, unknown>): number | null {
  const page = (loc as { pageNumber?: unknown } | null | undefined)?.pageNumber
  return typeof page === 'number' && Number.isInteger(page) && page >= 1 && page <= LIMITS.pages ? page : null
}

/** What a PDF says of itself, where LangChain's PDFLoader puts it. */
function propertiesOf({ pdf }: Record<string, unknown>): Record<string, unknown> {
  const info = (pdf as { info?: unknown } | null | undefined)?.info
  return typeof info === 'object' && info !== null ? (info as Record<string, unknown>) : {}
}

function dated(metadata: Record<string, unknown>): Record<string, unknown> {
  const plain = (value: unknown) => (value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString().slice(0, 10) : value)
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, plain(value)]))
}
