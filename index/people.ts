import { dayOf, firstDay, lastDay } from './days.ts'
import { Directory } from './directory.ts'
import type { Generation } from './generation.ts'
import type { SaidBy } from './reader.ts'
import { Passages } from './searching.ts'
import type { StoredSource } from './stored-sources.ts'
import type { Source, Statement } from './types.ts'
import { isOutlet, isSpeaker, neededFor } from './voices.ts'

/** Who says what, and when, in an index in a folder; made of all its sources when it is first asked for. */
export class People {
  private readonly generation: Generation
  private made: Directory | null = null
  private counted: ReadonlyMap<string, number> | null = null
  private members: ReadonlyMap<number, number[]> | null = null

  constructor(generation: Generation) {
    this.generation = generation
  }

  get directory(): Directory {
    this.made ??= new Directory(this.generation.sources, (source) => this.generation.text(source))
    return this.made
  }

  passagesSaid(by: SaidBy, papers: boolean): Passages {
    const { generation } = this
    const passages = new Set<number>()
    const sources = by.speaker === null ? generation.sources : this.directory.sourcesSpeaking(neededFor(by.speaker)).map((number) => generation.source(number))
    for (const source of sources) {
      for (const statement of source.statements) {
        if (isSaidBy(by, statement, source, this.directory)) for (const passage of generation.passagesOver(source, statement)) passages.add(passage)
      }
    }
    if (papers) for (const source of generation.sources) if (isPaperOf(by, source)) for (const passage of generation.passagesOf(source)) passages.add(passage)
    return new Passages(passages)
  }

  /** How many statements and publications there are of each month, or year where no month is known. */
  get dates(): ReadonlyMap<string, number> {
    if (this.counted) return this.counted
    const counts = new Map<string, number>()
    const count = (day: string | null) => {
      if (day !== null) counts.set(day.slice(0, 7), (counts.get(day.slice(0, 7)) ?? 0) + 1)
    }
    for (const source of this.generation.sources) {
      count(dayOf(undefined, source))
      for (const { saidOn } of source.statements) count(saidOn)
    }
    this.counted = counts
    return counts
  }

  /** The sources of a group, the earliest published first, then by their paths. */
  membersOf(group: number): number[] {
    this.members ??= this.groups()
    return this.members.get(group) ?? []
  }

  private groups(): Map<number, number[]> {
    const groups = new Map<number, number[]>()
    this.generation.sources.forEach(({ group }, number) => {
      if (group === null) return
      const members = groups.get(group)
      if (members) members.push(number)
      else groups.set(group, [number])
    })
    const { sources } = this.generation
    for (const numbers of groups.values()) numbers.sort((a, b) => byPublication(sources[a] as StoredSource, sources[b] as StoredSource))
    return groups
  }
}

/** Does somebody who is asked for say a statement at the time asked for? */
export function isSaidBy(by: SaidBy, statement: Statement, source: Source, names: { nameInFull(source: Source, speaker: string): string }): boolean {
  const { speaker, persons } = by
  if (
    speaker !== null &&
    !persons.has(statement.speaker) &&
    !isSpeaker(speaker, { ...statement, speaker: names.nameInFull(source, statement.speaker) }, source)
  )
    return false
  return isInTime(dayOf(statement, source), by)
}

/** Is a source a paper of the body that is asked for, published at that time? */
export function isPaperOf(by: Pick<SaidBy, 'speaker' | 'after' | 'before'>, source: Source): boolean {
  return by.speaker !== null && isOutlet(by.speaker, source) && isInTime(dayOf(undefined, source), by)
}

/** Is the first day of a date, as far as it is known, in a time? */
export function isInTime(day: string | null, { after, before }: Pick<SaidBy, 'after' | 'before'>): boolean {
  if (after === null && before === null) return true
  if (day === null) return false
  const first = firstDay(day)
  return (after === null || first >= after) && (before === null || first < before)
}

/** The order of sources by publication: the earliest first, then by their paths; the time of a file says nothing of when it was published. */
export function byPublication(one: Source, other: Source): number {
  const [day, otherDay] = [one, other].map((source) => lastDay(dayOf(undefined, source) ?? '9999')) as [string, string]
  return day === otherDay ? (one.path < other.path ? -1 : one.path > other.path ? 1 : 0) : day < otherDay ? -1 : 1
}
