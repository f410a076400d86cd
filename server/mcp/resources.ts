import {
  type CompleteRequest,
  type CompleteResult,
  ErrorCode,
  type ListResourcesResult,
  McpError,
  type ReadResourceResult,
  type ResourceTemplate,
} from '@modelcontextprotocol/sdk/types.js'
import type { LinkTo } from '../../answer/cite.ts'
import type { StoredSource } from '../../index/stored-sources.ts'
import type { Span } from '../../index/types.ts'
import { quotesOnly } from '../wanted-source.ts'
import type { Desk } from './desk.ts'

/** The address of a source, which the documents' text is read at. */
const ROOT = 'onrecord://source/'
/** Sources in a page of the list; values that are proposed, as many as the protocol allows. */
const PAGE = 100
/** What the protocol says of a resource that there is not. */
const NOT_FOUND = -32002

const about = { mimeType: 'text/plain' }
export const TEMPLATES: ResourceTemplate[] = [
  { uriTemplate: `${ROOT}{id}`, name: 'source', title: 'A source', description: 'The whole text of an indexed document.', ...about },
  { uriTemplate: `${ROOT}{id}{?start,end}`, name: 'words', title: 'Words of a source', description: 'A part of it, as citations name it.', ...about },
]

/** The address of some words where there is no web page that shows them. */
export const resourceAt: LinkTo = (source, { start, end }) => `${ROOT}${encodeURIComponent(source)}?start=${start}&end=${end}`

/** The sources by their paths, a page at a time. Where whole sources are kept back there is none to be read. */
export function listed({ record, SOURCES }: Desk, cursor = '0'): Promise<ListResourcesResult> {
  if (!/^\d{1,9}$/.test(cursor)) throw new McpError(ErrorCode.InvalidParams, 'The cursor is none of this list.')
  const from = Number(cursor)
  return record.use(async (generation) => {
    if (SOURCES !== 'full') return { resources: [] }
    const next = from + PAGE < generation.counts.sources ? { nextCursor: String(from + PAGE) } : {}
    return { resources: (await generation.list(from, PAGE)).map(resourceOf), ...next }
  })
}

/** The text of a source, or the part of it that the address names. */
export function read({ record, SOURCES }: Desk, uri: string): Promise<ReadResourceResult> {
  const place = placeOf(uri)
  return record.use(async (generation) => {
    const number = place === null ? undefined : await generation.numberOf(place.id)
    if (place === null || number === undefined) throw new McpError(NOT_FOUND, 'There is no source at this address; it may have gone with a new index.', { uri })
    if (SOURCES === 'quotes') throw refused()
    return { contents: [{ uri, ...about, text: generation.text(number).slice(place.start, place.end) }] }
  })
}

/** The ids of sources whose id begins so, or whose path or title holds it. */
export async function completions({ record, SOURCES }: Desk, { ref, argument }: CompleteRequest['params']): Promise<CompleteResult> {
  if (ref.type !== 'ref/resource' || !TEMPLATES.some(({ uriTemplate }) => uriTemplate === ref.uri))
    throw new McpError(ErrorCode.InvalidParams, 'There is nothing of this name to be completed.')
  if (argument.name !== 'id' || SOURCES === 'quotes') return { completion: { values: [], total: 0, hasMore: false } }
  const { ids, total } = await record.use((generation) => generation.sourcesLike(argument.value, PAGE))
  return { completion: { values: ids, total, hasMore: total > ids.length } }
}

function resourceOf({ id, path, title, outlet, author, published }: StoredSource): ListResourcesResult['resources'][number] {
  const description = [outlet, author, published].filter(Boolean).join(', ')
  return { uri: ROOT + encodeURIComponent(id), name: path, title, ...(description === '' ? {} : { description }), ...about }
}

/** The source and span that an address names; null when it is none of ours. */
function placeOf(uri: string): (Partial<Span> & { id: string }) | null {
  const match = /^onrecord:\/\/source\/([^/?#]+)(?:\?start=(\d{1,15})&end=(\d{1,15}))?$/.exec(uri)
  if (!match) return null
  const [, id = '', start, end] = match
  try {
    return { id: decodeURIComponent(id), ...(start === undefined ? {} : { start: Number(start), end: Number(end) }) }
  } catch {
    return null
  }
}

function refused(): McpError {
  const { detail, remedy } = quotesOnly().problem
  return new McpError(ErrorCode.InvalidRequest, `${detail} ${remedy}`)
}
