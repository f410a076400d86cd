import type { Span, Statement } from '../types.ts'
import type { Attribution } from './attributions.ts'
import type { Cast } from './cast.ts'

const LABEL = /^[ \t]*(Q|A|Question|Answer|(?:\p{Lu}[\p{L}.'’-]*\s){0,4}\p{Lu}[\p{L}.'’-]+)\s?:[ \t]+(?=\S)/gmu

type Turn = Omit<Statement, 'saidOn' | 'saidOnText'>

/** The turns of a transcript or interview: lines that begin with who speaks, three at least; `covered` are these and the questions put. */
export function turnsOf(text: string, cast: Cast, title: string): { turns: Turn[]; covered: Span[] } {
  const labels = [...text.matchAll(LABEL)]
  const counts = new Map<string, number>()
  for (const [, label = ''] of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  const speaking = labels.filter(([, label = '']) => (counts.get(label) ?? 0) > 1)
  if (speaking.length < 3 || counts.size < 2) return { turns: [], covered: [] }
  const interviewed = cast.people.find((p) => title.includes(p.name) || title.includes(p.surname)) ?? cast.people[0]
  const turns: Turn[] = []
  const covered: Span[] = []
  speaking.forEach((match, i) => {
    const label = match[1] ?? ''
    const start = match.index + match[0].length
    const until = speaking[i + 1]?.index ?? endOfBlock(text, start)
    const end = start + text.slice(start, until).trimEnd().length
    const person = /^A(?:nswer)?$/.test(label) ? interviewed : cast.named(label)
    covered.push({ start: match.index, end })
    // A question is put, not said, by nobody in particular.
    if (/^Q(?:uestion)?$/.test(label) || end <= start) return
    turns.push({ start, end, mention: label, speaker: person?.name ?? label, role: person?.role ?? null, speech: 'direct', cue: ':' })
  })
  return { turns, covered }
}

function endOfBlock(text: string, from: number): number {
  const gap = /\n\s*\n/.exec(text.slice(from))
  return gap ? from + gap.index : text.length
}

/** "Charge without any basis: Ostling embassy", "Tolgarth: the bar must go". */
export function headlineIn(text: string, sentence: Span): Attribution[] | null {
  const words = text.slice(sentence.start, sentence.end)
  if (words.length > 160 || /[“”"]\s*$/.test(words) || sentence.start > 600 || words.includes('\n')) return null
  const standsAlone =
    /^(?:\s*\n|$)/.test(text.slice(sentence.end).replace(/^[.?!]?[ \t]*/, '')) &&
    (sentence.start === 0 || /\n\s*$/.test(text.slice(0, sentence.start)) || /\d{4}-\d\d-\d\d\s*$/.test(text.slice(0, sentence.start)))
  if (!standsAlone) return null
  const after = /^(.{12,}?):\s+((?:\p{Lu}[\p{L}.'’-]*\s?)(?:[\p{L}.'’-]+\s?){0,3})\.?$/u.exec(words)
  if (after?.[1] && after[2]) {
    const at = sentence.start + words.lastIndexOf(after[2])
    return [
      {
        content: { start: sentence.start, end: sentence.start + after[1].length },
        source: { start: at, end: at + after[2].trim().length },
        cue: colon(text, sentence),
      },
    ]
  }
  const before = /^(\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){0,3}):\s+(.{12,}?)\.?$/u.exec(words)
  if (
    !before?.[1] ||
    !before[2] ||
    /[;|]\s*\p{L}/u.test(before[2]) ||
    /^(?:Embargo\w*|Correction|Present|Apologies|Attendance|Agenda|Item|Subject|Re|To|From|Date|Time|Place|Venue|Report|Minutes|Interview|Transcript|Letters?|Press|News|Live|Profile|Obituary|Explainer|Digest|Letter|Analysis|Opinion|Update|Exclusive|Watch|Video|Note|Contact|Abstract|Source|Review|Comments?|Editorial)\b/i.test(
      before[1],
    )
  )
    return null
  const start = sentence.start + words.indexOf(before[2], before[1].length + 1)
  return [
    {
      content: { start, end: start + before[2].length },
      source: { start: sentence.start, end: sentence.start + before[1].length },
      cue: colon(text, sentence),
    },
  ]
}

function colon(text: string, { start, end }: Span): Span {
  const at = start + text.slice(start, end).indexOf(':')
  return { start: at, end: at + 1 }
}
