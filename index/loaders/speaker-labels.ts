const WORD = String.raw`[\p{Lu}\d][\p{L}\p{M}\p{N}.'’#&/-]{0,30}`
const PARTICLE = 'de|del|della|la|le|du|van|von|der|den|di|da|dos|of|the|al|bin|and'
const LABEL = new RegExp(
  String.raw`^(?:[-–—][ \t]*)?(\p{Lu}[\p{L}\p{M}\p{N}.'’#&/-]{0,30}(?:[ \t](?:${WORD}|${PARTICLE})){0,5})(?:[ \t]?[([][^)\]]{1,30}[)\]])?[ \t]?:(?:\s+|$)`,
  'u',
)
/** Marks that somebody else speaks now. */
const CHANGE = /^>>+[ \t]*/
/** Written before a colon, and nobody's name. */
const NOBODY =
  /^(?:note|notes|warning|caution|update|breaking|breaking news|live|music|source|question|answer|remember|example|tip|ps|subtitles|subtitles by|captions|captions by|captioned by|translation|translated by)$/i

/** A line of captions without the label that it begins with. */
export interface Labelled {
  text: string
  /** The label, where it is one; null where only a change of speaker is marked; undefined where nothing is. */
  speaker: string | null | undefined
  /** Is it marked that somebody else speaks? */
  marked: boolean
}

/**
 * Reads who speaks from the beginnings of lines: ">> NAME: ", "NAME: ", "Name Surname: ", and ">> " for somebody else. A label in capitals or
 * behind a mark is one; another must come again, and so must a second one unless every other line has it: "Remember: " is no speaker.
 */
export function speakerLabels(lines: string[]): (line: string) => Labelled {
  const counts = new Map<string, number>()
  for (const line of lines) {
    const { label, sure } = labelOf(line)
    if (label !== null && !sure) counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  const again = [...counts].filter(([, count]) => count > 1)
  const names = new Set(again.filter(([, count]) => again.length > 1 || count * 2 >= lines.length).map(([label]) => label))
  return (line) => {
    const { label, sure, rest, marked } = labelOf(line)
    if (label !== null && (sure || names.has(label))) return { speaker: label, text: rest, marked }
    return { speaker: marked ? null : undefined, text: line.replace(CHANGE, ''), marked }
  }
}

function labelOf(line: string): { label: string | null; sure: boolean; rest: string; marked: boolean } {
  const marked = CHANGE.test(line)
  const words = line.replace(CHANGE, '')
  const match = LABEL.exec(words)
  const label = match?.[1] ?? null
  if (!match || label === null || NOBODY.test(label)) return { label: null, sure: false, rest: words, marked }
  const inCapitals = label === label.toUpperCase() && /\p{Lu}{2}/u.test(label)
  return { label, sure: marked || inCapitals, rest: words.slice(match[0].length), marked }
}
