import type { Words } from '../words/en.ts'
import { type Filters, untilOf } from './filters.ts'

export interface FilterText {
  name: keyof Filters
  text: string
}

/** Each filter in a few words ("Until June 2025"), in the order of the fields. */
export function filterTexts({ after, before, speaker, outlet, source }: Filters, words: Words, titleOf: (source: string) => string | null): FilterText[] {
  const texts: Record<keyof Filters, string | undefined> = {
    after: after && words.filterFrom(words.date(after)),
    before: before && words.filterUntil(words.date(untilOf(before))),
    speaker: speaker && words.filterSpeaker(speaker),
    outlet: outlet && words.filterOutlet(outlet),
    source: source && words.filterSource(titleOf(source) ?? source),
  }
  return Object.entries(texts).flatMap(([name, text]) => (text ? [{ name: name as keyof Filters, text }] : []))
}
