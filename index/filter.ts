import { dayOf, firstDay, lastDay } from './days.ts'
import { overlaps } from './spans.ts'
import type { Source, Span, Statement } from './types.ts'

/** What may be quoted; all of it has to hold. A statement's day is the one on which it was said, else that of its source. */
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

type Speaking = Source & { statements: Statement[] }

/** Does something say what may be quoted? */
export function areSet(filters: Filters | undefined): filters is Filters {
  return filters !== undefined && Object.values(filters).some((value) => value !== undefined)
}

/** May a span of a source be quoted? */
export function passes(source: Speaking, span: Span, filters: Filters): boolean {
  return isWanted(source, filters) && saidInFilters(source, span, filters)
}

/** Is a source one that may be quoted, whatever stands in it? */
export function isWanted(source: Source, { outlet, source: wanted }: Filters): boolean {
  if (outlet && !holds(source.outlet, outlet)) return false
  return !wanted || source.id === wanted || holds(source.path, wanted)
}

/**
 * Does a span hold a statement of the speaker and time that are wanted? Where nobody is said to have said anything, the publication of its
 * source decides.
 */
export function saidInFilters(source: Speaking, span: Span, filters: Filters): boolean {
  const { after, before, speaker } = filters
  if (!after && !before && !speaker) return true
  const here = source.statements.filter((s) => overlaps(s, span))
  if (here.length === 0) return !speaker && isInTime(dayOf(undefined, source), filters)
  return here.some((s) => (!speaker || holds(`${s.speaker} ${s.role ?? ''}`, speaker)) && isInTime(dayOf(s, source), filters))
}

function isInTime(day: string | null, { after, before }: Filters): boolean {
  if (after && !(day && lastDay(day) >= firstDay(after))) return false
  return !before || (day !== null && firstDay(day) < firstDay(before))
}

function holds(text: string | null, part: string | undefined): boolean {
  return text?.toLowerCase().includes(part?.toLowerCase() ?? '') ?? false
}
