import type { Generation } from '../index/generation.ts'
import { overlaps } from '../index/spans.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import type { Source, Span } from '../index/types.ts'
import { dayOf, firstDay, lastDay } from './days.ts'
import { FEW } from './retrieve.ts'

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

/** Which passages pass. */
export interface Passing {
  accepts: (passage: number) => boolean
  /** None beside these does; null where they are not told. */
  among: Set<number> | null
}

/** Which passages pass, or undefined when nothing is to be left out: a passage passes when something in it may. Those of few sources are told. */
export function passagesThatPass(generation: Generation, filters: Filters | undefined): Passing | undefined {
  if (!filters || Object.values(filters).every((value) => value === undefined)) return undefined
  const wanted = generation.sources.map((source) => isWanted(source, filters))
  const accepts = (passage: number) => {
    const number = generation.sourceOf(passage)
    if (!wanted[number]) return false
    const source = generation.sources[number] as StoredSource
    return generation.passage(passage).sentences.some((sentence) => saidInFilters(source, sentence, filters))
  }
  return { accepts, among: filters.outlet || filters.source ? fewIn(generation.sources.filter((_, number) => wanted[number])) : null }
}

/** The passages of sources, null where there are many. */
function fewIn(sources: StoredSource[]): Set<number> | null {
  const among = new Set<number>()
  for (const { firstPassage, passages } of sources) {
    if (among.size + passages > FEW) return null
    for (let i = 0; i < passages; i++) among.add(firstPassage + i)
  }
  return among
}

/**
 * Does a span hold a statement of the speaker and time that are wanted? Where nobody is said to have said anything, the publication of its
 * source decides.
 */
export function saidInFilters(source: StoredSource, span: Span, filters: Filters): boolean {
  const { after, before, speaker } = filters
  if (!after && !before && !speaker) return true
  const here = source.statements.filter((s) => overlaps(s, span))
  if (here.length === 0) return !speaker && isInTime(dayOf(undefined, source), filters)
  return here.some((s) => (!speaker || holds(`${s.speaker} ${s.role ?? ''}`, speaker)) && isInTime(dayOf(s, source), filters))
}

function isWanted(source: Source, { outlet, source: wanted }: Filters): boolean {
  if (outlet && !holds(source.outlet, outlet)) return false
  return !wanted || source.id === wanted || holds(source.path, wanted)
}

function isInTime(day: string | null, { after, before }: Filters): boolean {
  if (after && !(day && lastDay(day) >= firstDay(after))) return false
  return !before || (day !== null && firstDay(day) < firstDay(before))
}

function holds(text: string | null, part: string | undefined): boolean {
  return text?.toLowerCase().includes(part?.toLowerCase() ?? '') ?? false
}
