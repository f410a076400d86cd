import type { Span } from '../types.ts'
import type { Attribution } from './extents.ts'
import { CUE_FORMS } from './inflection.ts'

const NAME = String.raw`\p{Lu}[\p{L}.'’-]*(?:\s[\p{L}.'’-]+){0,3}?`
/** "Charge without any basis: Ostling embassy" */
const SPEAKER_LAST = /^(?<said>[^“"].{11,}?):\s+(?<who>\p{Lu}[\p{L}.'’-]*(?:\s[\p{L}.'’-]+){0,3})\.?$/u
/** "Tolgarth: the bar must go" */
const SPEAKER_FIRST = /^(?<who>\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){0,3}):\s+(?<said>[^“"].{11,}?)\.?$/u
/** "“I would not cross it”: Nerys Tolgarth on the bar", "Nerys Tolgarth on the bar: “I would not cross it”" */
const QUOTED_FIRST = new RegExp(String.raw`^(?<said>[“"][^“”"]{3,}[”"]):\s+(?<who>${NAME})(?:\s(?:on|about)\s.+)?$`, 'u')
const QUOTED_LAST = new RegExp(String.raw`^(?<who>${NAME})(?:\s(?:on|about)\s[^:]+)?:\s+(?<said>[“"][^“”"]{3,}[”"])$`, 'u')
/** Labels of a page or a list, which speak for nobody. */
const LABEL =
  /^(?:Embargo\w*|Correction|Resolved|Resolution|Agreed|Decision|Motion|Vote|Action|Present|Apologies|Attendance|Agenda|Item|Subject|Re|To|From|Date|Time|Place|Venue|Report|Minutes|Interview|Transcript|Letters?|Press|News|Live|Profile|Obituary|Explainer|Digest|Analysis|Opinion|Update|Exclusive|Watch|Video|Notes?|Contact|Abstract|Source|Review|Comments?|Editorial)\b/i

/** What a headline says somebody said, by its colon. Null for any other line. */
export function headlineIn(text: string, sentence: Span): Attribution[] | null {
  const words = text.slice(sentence.start, sentence.end)
  if (words.length > 160 || sentence.start > 600 || words.includes('\n') || !standsAlone(text, sentence)) return null
  const found = [SPEAKER_LAST, QUOTED_FIRST, QUOTED_LAST, SPEAKER_FIRST].map((pattern) => pattern.exec(words)?.groups).find((groups) => groups)
  const { said, who } = found ?? {}
  if (!said || !who || LABEL.test(who) || /[;|]\s*\p{L}/u.test(said)) return null
  // "Commenting on the toll, Marchetti said: “…”" is a sentence.
  if (
    words
      .replace(said, '')
      .split(/[\s,:]+/)
      .some((word) => CUE_FORMS.has(word.toLowerCase()))
  )
    return null
  const colon = sentence.start + (words.indexOf(who) < words.indexOf(said) ? words.lastIndexOf(':', words.lastIndexOf(said)) : words.indexOf(':', said.length))
  return [{ content: spanOf(said, words, sentence), source: spanOf(who, words, sentence), cue: { start: colon, end: colon + 1 } }]
}

function standsAlone(text: string, { start, end }: Span): boolean {
  const before = text.slice(0, start)
  return /^[.?!]?[ \t]*(?:\n|$)/.test(text.slice(end, end + 200)) && (start === 0 || /\n\s*$/.test(before) || /\d{4}-\d\d-\d\d\s*$/.test(before))
}

/** A part of the words at their beginning or end. */
function spanOf(part: string, words: string, { start }: Span): Span {
  const at = start + (words.startsWith(part) ? 0 : words.lastIndexOf(part))
  return { start: at, end: at + part.length }
}
