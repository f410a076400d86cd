import type { Answer, Citation } from '../../server/contract.ts'
import { creditOf } from './credit.ts'

/** What somebody said, at its day. */
export interface Mark {
  citation: Citation
  speaker: string
  /** The number of the speaker, in the order in which they first spoke. */
  voice: number
  /** A partial date. */
  day: string
  /** From 0, the earliest, to 1, the latest. */
  at: number
  /** From 0: marks that would cover each other stand one above the other. */
  lane: number
}

interface Dated extends Pick<Mark, 'citation' | 'speaker' | 'day'> {
  from: number
  to: number
}

const MONTH = 27 * 864e5
const YEAR = 364 * 864e5
/** Marks of 24 px on the axis of a window of 320 px, which is 272 px long, cover each other when nearer than this. */
const NEAR = 0.09
const LANES = 5

/**
 * The cited statements in order of time, when time matters: three or more, not all of the same time, or sides of a disagreement
 * that spoke at different times. Times of which one may contain the other ("2025", "May 2025") are the same. The date of a file
 * says nothing of when something was said.
 */
export function marksOf({ citations, disagreements }: Pick<Answer, 'citations' | 'disagreements'>): Mark[] {
  const dated = citations.map(datedOf)
  const all = dated.flat()
  const sides = disagreements.map((one) => one.sides.flatMap((side) => side.citations.flatMap((n) => dated[n] ?? [])))
  if (!(all.length >= 3 && areApart(all)) && !sides.some(areApart)) return []
  all.sort((a, b) => middle(a) - middle(b))
  const voices = [...new Set(all.map(({ speaker }) => speaker))]
  const [first, last] = [middle(all[0] as Dated), middle(all.at(-1) as Dated)]
  const ends: number[] = []
  return all.map((one) => {
    const at = last === first ? 0.5 : (middle(one) - first) / (last - first)
    const free = ends.findIndex((end) => at - end >= NEAR)
    // Where all lanes are taken, the one that is left behind furthest.
    const lane = free >= 0 ? free : ends.length < LANES ? ends.length : ends.indexOf(Math.min(...ends))
    ends[lane] = at
    return { citation: one.citation, speaker: one.speaker, day: one.day, voice: voices.indexOf(one.speaker), at, lane }
  })
}

/** One for each who speaks in the quote on each day; the publisher's where nobody does. */
function datedOf(citation: Citation): Dated[] {
  const { speakers, publisher, title } = creditOf(citation)
  const published = citation.source.publishedFrom === 'file' ? null : citation.source.published
  const said = speakers.map(({ name, said }) => ({ speaker: name, day: said ?? published }))
  return (said.length > 0 ? said : [{ speaker: publisher ?? title, day: published }]).flatMap(({ speaker, day }) => {
    const from = Date.parse(day ?? '')
    if (day === null || Number.isNaN(from)) return []
    return [{ citation, speaker, day, from, to: from + (day.length > 7 ? 0 : day.length > 4 ? MONTH : YEAR) }]
  })
}

function areApart(all: Dated[]): boolean {
  return Math.max(...all.map(({ from }) => from)) > Math.min(...all.map(({ to }) => to))
}

function middle({ from, to }: Dated): number {
  return (from + to) / 2
}
