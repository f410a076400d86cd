import { isFurniture } from '../index/facts.ts'
import type { Generation } from '../index/generation.ts'
import { Kept } from '../index/kept.ts'
import { overlaps } from '../index/spans.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import type { Span, Statement } from '../index/types.ts'
import { dayOf, lastDay } from './days.ts'
import type { Candidate } from './retrieve.ts'
import { folded, sayTheSame } from './same-statement.ts'

/** Where a sentence stands. */
export interface Place extends Span {
  passage: number
  /** The number of the sentence in its passage. */
  sentence: number
  /** May it be quoted from here? Else the place is only named. */
  leads: boolean
}

export type MayBe = (span: Span, source: StoredSource, text: string, passage: number) => boolean

/** Candidates in which the words of others are looked for: the same words score about the same. */
const READ = 28
/** Near-copies of a source that are looked through, at most: the earliest. */
const MEMBERS = 50
/** Passages of a near-copy that are looked through: all of a short one, else the nearest. */
const SHORT = 24
const NEAREST = 5
/** The cosine, in their contexts, of two sentences that differ in a few words and say the same: "boats sank", "vessels sank" .97; "cars" .91. */
const MEANS_THE_SAME = 0.96

interface Line extends Span {
  passage: number
  sentence: number
  /** The number of the sentence in the generation. */
  number: number
  folded: string
  mayBeQuoted: boolean
  /** Words of the names of those who are said to say something in it. */
  names: string[]
}

/**
 * The best candidates, until so many of them say something new: a passage of which half or more stands in those before it takes no other's
 * room, and one that stands there whole is left out.
 */
export function withoutCopies(generation: Generation, candidates: Candidate[], most: number, mayLead: MayBe): Candidate[] {
  const seen = new Seen(generation)
  const kept: Candidate[] = []
  let fresh = 0
  for (const candidate of candidates) {
    const lines = linesOf(generation, candidate.passage).filter((line) => allowed(generation, mayLead, line))
    const again = lines.filter((line) => seen.like(line).length > 0)
    if (lines.length === 0 || again.length < lines.length) kept.push(candidate)
    if (again.length === 0 || again.length * 2 < lines.length) fresh++
    for (const line of lines) seen.add(line)
    if (fresh === most) break
  }
  return kept
}

/** Tells of a sentence all the places where it stands, its own among them: the earliest published first, then by their paths. */
export function placesIn(
  generation: Generation,
  candidates: Candidate[],
  isNamed: MayBe,
  mayLead: MayBe,
): (of: Pick<Place, 'passage' | 'sentence'>) => Place[] {
  const seen = new Seen(generation)
  for (const { passage } of candidates.slice(0, READ)) for (const line of linesOf(generation, passage)) seen.add(line)
  return ({ passage, sentence }) => {
    const own = linesIn(generation, passage)[sentence] as Line
    const others = [...seen.like(own), ...inGroup(generation, own)].filter((line) => line.number !== own.number && allowed(generation, isNamed, line))
    const all = [own, ...new Map(others.map((line) => [line.number, line])).values()]
    if (all.length > 1) all.sort((a, b) => byRank(generation, generation.sourceOf(a.passage), generation.sourceOf(b.passage)) || a.start - b.start)
    return all.map((line) => {
      const leads = line === own || allowed(generation, mayLead, line)
      return { start: line.start, end: line.end, passage: line.passage, sentence: line.sentence, leads }
    })
  }
}

/** Sentences by their words, and by the group of their sources. */
class Seen {
  private readonly generation: Generation
  private readonly byWords = new Map<string, Line[]>()
  private readonly byGroup = new Map<number, Line[]>()

  constructor(generation: Generation) {
    this.generation = generation
  }

  add(line: Line): void {
    pushTo(this.byWords, line.folded, line)
    const { group } = sourceOf(this.generation, line)
    if (group !== null) pushTo(this.byGroup, group, line)
  }

  /** Those that say the same. */
  like(line: Line): Line[] {
    const { group } = sourceOf(this.generation, line)
    const near = group === null ? [] : (this.byGroup.get(group) ?? [])
    return [...(this.byWords.get(line.folded) ?? []), ...near].filter((other) => isSame(this.generation, line, other))
  }
}

function pushTo<Key, One>(lists: Map<Key, One[]>, key: Key, one: One): void {
  const list = lists.get(key)
  if (list) list.push(one)
  else lists.set(key, [one])
}

function allowed(generation: Generation, may: MayBe, line: Line): boolean {
  const number = generation.sourceOf(line.passage)
  return may(line, generation.sources[number] as StoredSource, generation.text(number), line.passage)
}

/** The sentence in the near-copies of its source: once in each. */
function inGroup(generation: Generation, line: Line): Line[] {
  const own = generation.sourceOf(line.passage)
  const { group } = generation.sources[own] as StoredSource
  const members = group === null ? [] : (membersOf(generation).get(group) ?? [])
  return members.slice(0, MEMBERS).flatMap((member) => {
    if (member === own) return []
    const lines = passagesLike(generation, line.passage, member).flatMap((passage) => linesOf(generation, passage))
    const same = lines.find((other) => other.folded === line.folded) ?? lines.find((other) => isSame(generation, line, other))
    return same && isSame(generation, line, same) ? [same] : []
  })
}

function isSame(generation: Generation, a: Line, b: Line): boolean {
  if (a.folded === b.folded) return a.number === b.number || shareName(a.names, b.names)
  const [one, other] = [sourceOf(generation, a), sourceOf(generation, b)]
  if (one === other || one.group === null || one.group !== other.group || !isRead(one) || !isRead(other)) return false
  return sayTheSame(a.folded, b.folded) && generation.sentenceVectors.between(a.number, b.number) >= MEANS_THE_SAME && shareName(a.names, b.names)
}

/** The words that decide are known of English alone; a short text's language is not known. */
function isRead({ language }: StoredSource): boolean {
  return language === null || language.startsWith('en')
}

/** "I will not resign" of two people is two statements. Of somebody who is not named ("the chair") it cannot be told. */
export function areBySame(one: Statement[], other: Statement[]): boolean {
  return shareName(namesIn(one), namesIn(other))
}

function shareName(names: string[], others: string[]): boolean {
  return names.length === 0 || others.length === 0 || names.some((name) => others.includes(name))
}

function namesIn(statements: Statement[]): string[] {
  return statements.flatMap(({ speaker }) => speaker.match(NAME) ?? [])
}

const NAME = /(?<!\p{L})(?!The\b)\p{Lu}[\p{L}\p{M}]+/gu

/** The earliest published, then the path; the time of a file says nothing of when it was published. */
function byRank(generation: Generation, a: number, b: number): number {
  const [one, other] = [generation.sources[a], generation.sources[b]] as [StoredSource, StoredSource]
  const [day, otherDay] = [one, other].map((source) => lastDay(dayOf(undefined, source) ?? '9999')) as [string, string]
  return day === otherDay ? (one.path < other.path ? -1 : one.path > other.path ? 1 : 0) : day < otherDay ? -1 : 1
}

/** The sources of each group, in their rank. */
function membersOf(generation: Generation): Map<number, number[]> {
  const known = groups.get(generation)
  if (known) return known
  const members = new Map<number, number[]>()
  generation.sources.forEach(({ group }, number) => {
    if (group !== null) pushTo(members, group, number)
  })
  for (const numbers of members.values()) numbers.sort((a, b) => byRank(generation, a, b))
  groups.set(generation, members)
  return members
}

const groups = new WeakMap<Generation, Map<number, number[]>>()

/** The passages of a source in which a sentence of another passage may stand. */
function passagesLike(generation: Generation, passage: number, source: number): number[] {
  const { firstPassage, passages } = generation.sources[source] as StoredSource
  if (passages <= SHORT) return Array.from({ length: passages }, (_, i) => firstPassage + i)
  const known = near.get(generation) ?? new Kept(KEPT, (key: string) => nearestIn(generation, ...(key.split(' ').map(Number) as [number, number])))
  near.set(generation, known)
  return known.of(`${passage} ${source}`)
}

/** Each sentence of a passage looks into the same ones. */
const near = new WeakMap<Generation, Kept<string, number[]>>()

function nearestIn(generation: Generation, passage: number, source: number): number[] {
  const { firstPassage, passages } = generation.sources[source] as StoredSource
  const isIn = (other: number) => other >= firstPassage && other < firstPassage + passages
  return generation.store.nearest(generation.store.vectorOf(passage), NEAREST, isIn).map((neighbour) => neighbour.passage)
}

function sourceOf(generation: Generation, { passage }: Pick<Line, 'passage'>): StoredSource {
  return generation.sources[generation.sourceOf(passage)] as StoredSource
}

/** The sentences of a passage that may be quoted. */
function linesOf(generation: Generation, passage: number): Line[] {
  return linesIn(generation, passage).filter(({ mayBeQuoted }) => mayBeQuoted)
}

/** Passages whose sentences are kept, so that a passage that is asked for often is read once. */
const KEPT = 2000
const kept = new WeakMap<Generation, Kept<number, Line[]>>()

function linesIn(generation: Generation, passage: number): Line[] {
  const known = kept.get(generation) ?? new Kept(KEPT, (one: number) => read(generation, one))
  kept.set(generation, known)
  return known.of(passage)
}

function read(generation: Generation, passage: number): Line[] {
  const number = generation.sourceOf(passage)
  const [text, { statements }] = [generation.text(number), generation.sources[number] as StoredSource]
  const { sentences, firstSentence } = generation.passage(passage)
  return sentences.map((span, i) => {
    const words = text.slice(span.start, span.end)
    const names = namesIn(statements.filter((s) => overlaps(s, span)))
    return { ...span, passage, sentence: i, number: firstSentence + i, folded: folded(words), mayBeQuoted: !isFurniture(words), names }
  })
}
