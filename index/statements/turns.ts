import type { Span, Statement } from '../types.ts'
import type { Cast } from './cast.ts'
import type { Person } from './roles.ts'

/** A line's label: "Tolgarth:", "[00:12] MS TOLGARTH:", "Tolgarth (00:12):", "NT:", "Q:", "**Tolgarth:**". */
const LABEL =
  /^[ \t]*(?:[[(]?\d{1,2}(?::\d\d){1,2}[\])]?[ \t]+)?(Q|A|Question|Answer|(?:\p{Lu}[\p{L}.'’-]{0,30}[ \t]){0,4}\p{Lu}[\p{L}.'’-]{0,30})(?:[ \t][[(][^\])\n]{1,30}[\])])?[ \t]?:[ \t]+(?=\S)/gmu

type Turn = Omit<Statement, 'saidOn' | 'saidOnText'>

/** The turns of a transcript or interview: lines that begin with who speaks, three at least; `covered` are these and the questions put. */
export function turnsOf(text: string, cast: Cast, title: string): { turns: Turn[]; covered: Span[] } {
  const labels = [...text.matchAll(LABEL)]
  const counts = new Map<string, number>()
  for (const [, label = ''] of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  const repeated = labels.filter(([, label = '']) => (counts.get(label) ?? 0) > 1)
  if (repeated.length < 3 || counts.size < 2) return { turns: [], covered: [] }
  const interviewed = cast.people.find((p) => title.includes(p.name) || title.includes(p.surname)) ?? cast.people[0]
  const known = new Map([...counts.keys()].map((label) => [label, /^A(?:nswer)?$/.test(label) ? interviewed : whoIs(label, cast)]))
  // Who speaks once is known by name or title; "Note:" is no speaker.
  const speaking = labels.filter(([, label = '']) => (counts.get(label) ?? 0) > 1 || known.get(label) || /^(?:The|THE|Mr|MR|Mrs|MRS|Ms|MS|Dr|DR)\b/.test(label))
  const turns: Turn[] = []
  const covered: Span[] = []
  speaking.forEach((match, i) => {
    const label = match[1] ?? ''
    const start = match.index + match[0].length
    const until = speaking[i + 1]?.index ?? endOfBlock(text, start)
    const end = start + text.slice(start, until).trimEnd().length
    const person = known.get(label)
    covered.push({ start: match.index, end })
    // A question is put, not said, by nobody in particular.
    if (/^Q(?:uestion)?$/.test(label) || end <= start) return
    turns.push({ start, end, mention: label, speaker: person?.name ?? label, role: person?.role ?? null, speech: 'direct', cue: ':' })
  })
  return { turns, covered }
}

/** The person a label stands for: by name, a name in capitals, or initials that only one person has. */
function whoIs(label: string, cast: Cast): Person | undefined {
  const named = cast.named(label)
  if (named || label !== label.toUpperCase()) return named
  if (label.length > 4) return cast.named(label.replace(/(\p{L})(\p{L}+)/gu, (_, first: string, rest: string) => first + rest.toLowerCase()))
  const found = cast.people.filter((p) => p.name.replace(/[^\p{Lu}]/gu, '') === label.replaceAll('.', ''))
  return found.length === 1 ? found[0] : undefined
}

function endOfBlock(text: string, from: number): number {
  const gap = /\n\s*\n/.exec(text.slice(from))
  return gap ? from + gap.index : text.length
}
