import type { Generation } from '../index/generation.ts'
import type { Source } from '../index/types.ts'

export interface Filters {
  /** YYYY[-MM[-DD]], inclusive. */
  after?: string | undefined
  /** YYYY[-MM[-DD]], exclusive. */
  before?: string | undefined
  /** Part of a speaker's name or role. */
  speaker?: string | undefined
  /** Part of an outlet's name. */
  outlet?: string | undefined
  /** A source's id or part of its path. */
  source?: string | undefined
}

/** A test of passages by their sources, or undefined when nothing is to be left out. */
export function sourcesThatPass(generation: Generation, filters: Filters | undefined): ((passage: number) => boolean) | undefined {
  if (!filters || Object.values(filters).every((value) => value === undefined)) return undefined
  const passing = generation.sources.map(
    (source) => passes(source, filters) && (!filters.speaker || source.statements.some((s) => holds(`${s.speaker} ${s.role ?? ''}`, filters.speaker))),
  )
  return (passage) => passing[generation.sourceOf(passage)] === true
}

function passes(source: Source, { after, before, outlet, source: wanted }: Filters): boolean {
  // A file's own time says nothing about when its words were published.
  const published = source.publishedFrom === 'file' ? null : source.published
  if (after && !(published && lastDay(published) >= firstDay(after))) return false
  if (before && !(published && firstDay(published) < firstDay(before))) return false
  if (outlet && !holds(source.outlet, outlet)) return false
  return !wanted || source.id === wanted || holds(source.path, wanted)
}

function holds(text: string | null, part: string | undefined): boolean {
  return text?.toLowerCase().includes(part?.toLowerCase() ?? '') ?? false
}

/** The first day that a date of any precision may mean. */
function firstDay(date: string): string {
  return `${date}-01-01`.slice(0, 10)
}

function lastDay(date: string): string {
  return date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-31` : date
}
