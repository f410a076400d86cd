import { isFurniture } from '../index/facts.ts'
import { Kept } from '../index/kept.ts'
import { byPublication } from '../index/people.ts'
import type { GenerationReader } from '../index/reader.ts'
import { overlaps } from '../index/spans.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import type { Span, Statement } from '../index/types.ts'
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
  folded: string
  mayBeQuoted: boolean
  /** Words of the names of those who are said to say something in it. */
  names: string[]
}

/**
 * The best candidates, until so many of them say something new: a passage of which half or more stands in those before it takes no other's
 * room, and one that stands there whole is left out. Those are brought, with the READ best.
 */
export async function withoutCopies(generation: GenerationReader, candidates: Candidate[], most: number, mayLead: MayBe): Promise<Candidate[]> {
  const seen = new Seen(generation)
  const kept: Candidate[] = []
  let fresh = 0
  for (let from = 0; from < candidates.length; from += READ) {
    const brought = candidates.slice(from, from + READ)
    await bring(
      generation,
      brought.map(({ passage }) => passage),
    )
    for (const candidate of brought) {
      const lines = linesOf(generation, candidate.passage).filter((line) => allowed(generation, mayLead, line))
      const again = lines.filter((line) => seen.like(line).length > 0)
      if (lines.length === 0 || again.length < lines.length) kept.push(candidate)
      if (again.length === 0 || again.length * 2 < lines.length) fresh++
      for (const line of lines) seen.add(line)
      if (fresh === most) return kept
    }
  }
  return kept
}

/** Passages, and the vectors of those whose sentences may stand in near-copies in other words. */
async function bring(generation: GenerationReader, passages: number[]): Promise<void> {
  await generation.bring(passages)
  await generation.bringVectors(passages.filter((passage) => generation.source(generation.sourceOf(passage)).group !== null))
}

/**
 * Tells of a sentence of one of some passages all the places where it stands, its own among them: the earliest published first, then by their
 * paths. `candidates` were read by `withoutCopies`.
 */
export async function placesIn(
  generation: GenerationReader,
  candidates: Candidate[],
  passages: number[],
  isNamed: MayBe,
  mayLead: MayBe,
): Promise<(of: Pick<Place, 'passage' | 'sentence'>) => Place[]> {
  const seen = new Seen(generation)
  for (const { passage } of candidates.slice(0, READ)) for (const line of linesOf(generation, passage)) seen.add(line)
  const copies = new Map<number, number[][]>()
  for (const passage of passages) copies.set(passage, await copiesOf(generation, passage))
  return ({ passage, sentence }) => {
    const own = linesIn(generation, passage)[sentence] as Line
    const inCopies = inGroup(generation, own, copies.get(passage) ?? [])
    const others = [...seen.like(own), ...inCopies].filter((line) => !isOne(line, own) && allowed(generation, isNamed, line))
    const all = [own, ...new Map(others.map((line) => [`${line.passage} ${line.sentence}`, line])).values()]
    if (all.length > 1) all.sort((a, b) => byPublication(sourceOf(generation, a), sourceOf(generation, b)) || a.start - b.start)
    return all.map((line) => {
      const leads = line === own || allowed(generation, mayLead, line)
      return { start: line.start, end: line.end, passage: line.passage, sentence: line.sentence, leads }
    })
  }
}

/** Sentences by their words, and by the group of their sources. */
class Seen {
  private readonly generation: GenerationReader
  private readonly byWords = new Map<string, Line[]>()
  private readonly byGroup = new Map<number, Line[]>()

  constructor(generation: GenerationReader) {
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

function allowed(generation: GenerationReader, may: MayBe, line: Line): boolean {
  const number = generation.sourceOf(line.passage)
  return may(line, generation.source(number), generation.text(number), line.passage)
}

/** The passages of each near-copy of a passage's source in which its sentences may stand, brought. */
async function copiesOf(generation: GenerationReader, passage: number): Promise<number[][]> {
  const own = generation.sourceOf(passage)
  const { group } = generation.source(own)
  if (group === null) return []
  const copies: number[][] = []
  for (const member of await generation.membersOf(group, MEMBERS)) {
    if (member === own) continue
    const source = generation.source(member)
    const like = await (source.passages <= SHORT ? generation.passagesOf(source) : generation.likeIn(source, passage, NEAREST))
    await generation.bringVectors(like)
    copies.push(like)
  }
  return copies
}

/** The sentence in the near-copies of its source: once in each. */
function inGroup(generation: GenerationReader, line: Line, copies: number[][]): Line[] {
  return copies.flatMap((passages) => {
    const lines = passages.flatMap((passage) => linesOf(generation, passage))
    const same = lines.find((other) => other.folded === line.folded) ?? lines.find((other) => isSame(generation, line, other))
    return same && isSame(generation, line, same) ? [same] : []
  })
}

function isOne(a: Line, b: Line): boolean {
  return a.passage === b.passage && a.sentence === b.sentence
}

function isSame(generation: GenerationReader, a: Line, b: Line): boolean {
  if (a.folded === b.folded) return isOne(a, b) || shareName(a.names, b.names)
  const [one, other] = [sourceOf(generation, a), sourceOf(generation, b)]
  if (one === other || one.group === null || one.group !== other.group || !isRead(one) || !isRead(other)) return false
  return sayTheSame(a.folded, b.folded) && generation.between(a, b) >= MEANS_THE_SAME && shareName(a.names, b.names)
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

function sourceOf(generation: GenerationReader, { passage }: Pick<Line, 'passage'>): StoredSource {
  return generation.source(generation.sourceOf(passage))
}

/** The sentences of a passage that may be quoted. */
function linesOf(generation: GenerationReader, passage: number): Line[] {
  return linesIn(generation, passage).filter(({ mayBeQuoted }) => mayBeQuoted)
}

/** Passages whose sentences are kept, so that a passage that is asked for often is read once. */
const KEPT = 2000
const kept = new WeakMap<GenerationReader, Kept<number, Line[]>>()

function linesIn(generation: GenerationReader, passage: number): Line[] {
  const known = kept.get(generation) ?? new Kept(KEPT, (one: number) => read(generation, one))
  kept.set(generation, known)
  return known.of(passage)
}

function read(generation: GenerationReader, passage: number): Line[] {
  const number = generation.sourceOf(passage)
  const [text, { statements }] = [generation.text(number), generation.source(number)]
  const { sentences } = generation.passage(passage)
  return sentences.map((span, i) => {
    const words = text.slice(span.start, span.end)
    const names = namesIn(statements.filter((s) => overlaps(s, span)))
    return { ...span, passage, sentence: i, folded: folded(words), mayBeQuoted: !isFurniture(words), names }
  })
}
