import { type Days, dayOf } from '../index/days.ts'
import type { GenerationReader } from '../index/reader.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import { termsOf } from '../index/terms.ts'

/** Nouns for what happens on a day and is told of in a dated text. */
const NOUN =
  '(?:vote|election|ballot|referendum|hearing|meeting|debate|decision|ruling|verdict|trial|inquiry|study|storm|flood|fire|strike|protest|rally|opening|closure|launch|announcement|resignation|accident|collapse|crash|attack|summit|conference|talks|landslide|explosion|outage|merger|sale)'
/** An event as a question names it: "the final vote". */
export const EVENT = `the (?:[a-z\u00c0-\u024f'-]{2,20} ){0,3}${NOUN}`
/** Passages that hold an event's words and whose sources are looked at. */
const LOOKED_AT = 50
/** Where a text says what it reports, in characters. */
const LEAD = 900
/** What follows these words is no report of the event itself: it is ahead, past, or spoken of. */
const ELSEWHERE = /\b(?:after|before|since|until|ahead of|following|about|on|at|from|will|would|should|next|may|call(?:s|ed)?(?: for)?)\s+(?:\S+\s+){0,3}$/i

/** The day of an event, when the titles of the record, or else the beginnings of its texts, tell of it on one day only. */
export async function daysOfEvent(words: string, generation: GenerationReader): Promise<Days | null> {
  const wanted = termsOf(words.replace(/^the /i, ''))
  const passages = (await generation.matching(wanted)).best(LOOKED_AT).map(({ passage }) => passage)
  await generation.bring(passages)
  const sources = [...new Set(passages.map((passage) => generation.sourceOf(passage)))]
  const dated = sources.map((number) => ({ number, day: eventDay(generation.source(number)) })).filter(({ day }) => day !== null)
  for (const textOf of [titleOf(generation), leadOf(generation)]) {
    const days = new Set(dated.filter(({ number }) => tells(textOf(number), wanted)).map(({ day }) => day as string))
    if (days.size === 1) return dayAlone([...days][0] as string)
    if (days.size > 1) return null
  }
  return null
}

const titleOf = (generation: GenerationReader) => (number: number) => generation.source(number).title
const leadOf = (generation: GenerationReader) => (number: number) => generation.text(number).slice(0, LEAD)

/** Does a text tell of what has all these terms, at a place where it is not only spoken of? */
function tells(text: string, wanted: string[]): boolean {
  const noun = wanted.at(-1)
  return text.split(/[.\n]/).some((line) => {
    const held = new Set(termsOf(line))
    if (!wanted.every((term) => held.has(term))) return false
    const at = [...line.matchAll(/[\p{L}'’-]+/gu)].find((word) => termsOf(word[0]).includes(noun ?? ''))
    return at !== undefined && !ELSEWHERE.test(line.slice(0, at.index)) && !/^\W*(?:correction|letter|analysis|opinion)\b/i.test(line)
  })
}

/** The day of what a source reports: that of its first statement, else its own. */
function eventDay(source: StoredSource): string | null {
  const day = dayOf(source.statements[0], source)
  return day?.length === 10 ? day : null
}

function dayAlone(day: string): Days {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return { start: day, end: next.toISOString().slice(0, 10) }
}
