import type { Source, SourcesPage, SourceWithText, Speakers } from '../server/contract.ts'
import type { Server } from './api.ts'

/** Pages of the list of sources that are read, of 200 each. */
const MAX_PAGES = 50

export interface SourceList {
  sources: Source[]
  /** False: there are more than we read. */
  complete: boolean
}

/** Every source, page by page. */
export async function sourcesOf(server: Server, signal: AbortSignal): Promise<SourceList> {
  const all: Source[] = []
  let cursor: string | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const { sources, next }: SourcesPage = await server.get(`api/sources?limit=200${query}`, signal)
    all.push(...sources)
    if (next === null) return { sources: all, complete: true }
    cursor = next
  }
  return { sources: all, complete: false }
}

/** One source with its text. */
export function sourceOf(server: Server, id: string, signal: AbortSignal): Promise<SourceWithText> {
  return server.get(`api/sources/${encodeURIComponent(id)}`, signal)
}

/** Who says something in the record, those with most statements first. */
export async function speakersOf(server: Server, signal: AbortSignal): Promise<Speakers['speakers']> {
  return (await server.get<Speakers>('api/speakers', signal)).speakers
}
