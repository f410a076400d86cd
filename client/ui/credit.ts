import type { Citation, Source, Statement } from '../../server/contract.ts'
import type { Words } from '../words/en.ts'

export interface Speaker {
  name: string
  role: string | null
  speech: Statement['speech']
  /** The day it was said, where that is not the day of publication. */
  said: string | null
}

/** Who answers for a quote: the people in it, or the outlet or author where nobody is said to have said it. */
export interface Credit {
  speakers: Speaker[]
  publisher: string | null
  /** Outlet or author, where it is not the publisher already. */
  by: string | null
  title: string
}

export function creditOf({ source, statements }: Citation): Credit {
  const speakers: Speaker[] = []
  for (const { speaker, role, speech, saidOn } of statements) {
    const said = saidOn === source.published ? null : saidOn
    const known = speakers.find((other) => other.name === speaker && other.said === said)
    if (!known) speakers.push({ name: speaker, role, speech, said })
    // One person, quoted and reported in the same sentences.
    else if (known.speech !== speech) known.speech = 'mixed'
  }
  const publisher = source.outlet ?? source.author
  return {
    speakers,
    publisher: speakers.length > 0 ? null : publisher,
    by: speakers.length > 0 ? publisher : source.outlet ? source.author : null,
    title: source.title,
  }
}

/** Whether a quote opens with a quotation mark of the document's own: then none of ours is put before it. */
export function opensWithMark(quote: string): boolean {
  return /^[“”„‟«»"]/.test(quote)
}

/** The page, or the time in a recording; null where there is neither. */
export function placeText({ page, time }: Citation, words: Words): string | null {
  return time !== null ? words.time(clock(time)) : page !== null ? words.page(page) : null
}

/** "3:05", "1:02:03" */
function clock(seconds: number): string {
  const hours = Math.floor(seconds / 3600) || ''
  return `${hours}:${new Date(seconds * 1000).toISOString().slice(14, 19)}`.replace(/^:0?/, '')
}

/** When a source was published, as far as anybody says so. */
export function publishedText({ published, publishedFrom }: Source, words: Words): string | null {
  if (!published) return null
  return publishedFrom === 'file' ? `${words.fileDate} ${words.date(published)}` : words.date(published)
}
