import type { Readable } from 'node:stream'
import { dot } from '../nearest.ts'
import type { Counts, GenerationReader, ListedSpeaker, Matches, PassageSet, SaidBy, SentencePlace, Within } from '../reader.ts'
import type { StoredSource } from '../stored-sources.ts'
import type { Neighbour } from '../stores/store.ts'
import { highestOf } from '../token-signs.ts'
import type { Passage, Source } from '../types.ts'
import { similarities, unit } from '../vectors.ts'
import type { Voice } from '../voices.ts'
import type { Database } from './connection.ts'
import { type BroughtPassage, type BroughtSource, Content, type PassageVectors } from './content.ts'
import { lexemeOf } from './lexemes.ts'
import { type Averages, counted, matching } from './matching.ts'
import { cosines, nearest, nearestIn } from './nearest.ts'
import { originalOf } from './originals.ts'
import { isIn } from './parameters.ts'
import { passagesSaid, someStatements, speakers, voicesCalled } from './people.ts'
import { folded, PASSAGES } from './rows.ts'
import { similarTerms } from './similar.ts'
import { Filtering } from './within.ts'

/** What a generation's row says of it. */
export interface GenerationFacts {
  number: number
  id: string
  created: string
  counts: Counts
  sentences: number
  averages: Averages
  dates: ReadonlyMap<string, number>
  hasTokens: boolean
}

/** Sources and passages that are held where no question is answered: whoever looks one up uses it at once. */
const HELD = 2000

/** A generation in a database. Every statement names its number, so that what is answered is of this one, whatever is current meanwhile. */
export class PostgresGeneration implements GenerationReader {
  readonly facts: GenerationFacts
  readonly notice = null
  private readonly database: Database
  private readonly content: Content
  private readonly filtering: Filtering
  private readonly sources = new Map<number, BroughtSource>()
  private readonly byId = new Map<string, BroughtSource>()
  private readonly passages = new Map<number, BroughtPassage>()
  private readonly most: number

  constructor(database: Database, facts: GenerationFacts, content = new Content(database, facts.number), most = HELD) {
    this.database = database
    this.facts = facts
    this.content = content
    this.most = most
    this.filtering = new Filtering(database, facts.number)
  }

  get id(): string {
    return this.facts.id
  }

  get created(): string {
    return this.facts.created
  }

  get counts(): Counts {
    return this.facts.counts
  }

  get hasTokens(): boolean {
    return this.facts.hasTokens
  }

  forQuestion(): PostgresGeneration {
    return new PostgresGeneration(this.database, this.facts, this.content, Number.POSITIVE_INFINITY)
  }

  async nearest(vector: Float32Array, k: number, within: Within = {}): Promise<Neighbour[]> {
    return nearest(this.database, { number: this.facts.number, passages: this.facts.counts.passages }, vector, k, await this.filtering.lookedAt(within))
  }

  cosines(vector: Float32Array, passages: number[]): Promise<number[]> {
    return cosines(this.database, vector, passages)
  }

  async matching(terms: string[], within: Within = {}): Promise<Matches> {
    return matching(this.database, this.facts.averages, terms, await this.filtering.lookedAt(within))
  }

  async unheld(terms: string[]): Promise<string[]> {
    const held = await counted(this.database, this.facts.number, terms.map(lexemeOf))
    return terms.filter((term) => !held.has(lexemeOf(term)))
  }

  similar(term: string): Promise<string[]> {
    return similarTerms(this.database, this.facts.number, term)
  }

  voices(needed: string[]): Promise<Voice[]> {
    return voicesCalled(this.database, this.facts.number, needed)
  }

  passagesSaid(by: SaidBy, papers: boolean): Promise<PassageSet> {
    return passagesSaid(this.database, this.facts.number, by, papers)
  }

  dates(): ReadonlyMap<string, number> {
    return this.facts.dates
  }

  async groupsOf(passages: number[]): Promise<(number | null)[]> {
    const rows = await this.database.rows<{ source: number; group: number }>(
      'SELECT source, "group" FROM onrecord.groups WHERE born = $1 AND source = ANY ($2::bigint[])',
      [this.facts.number, [...new Set(passages.map((passage) => this.sourceOf(passage)))]],
    )
    const groups = new Map(rows.map(({ source, group }) => [source, group]))
    return passages.map((passage) => groups.get(this.sourceOf(passage)) ?? null)
  }

  async likeIn({ firstPassage }: StoredSource, passage: number, most: number): Promise<number[]> {
    const found = await nearestIn(this.database, this.sourceOf(firstPassage), passage, most)
    await this.bring(found)
    return found
  }

  async membersOf(group: number, most: number): Promise<number[]> {
    const rows = await this.database.rows<{ source: number }>(
      `SELECT s.source FROM onrecord.groups g JOIN onrecord.sources s ON s.source = g.source WHERE g.born = $1 AND g."group" = $2
      ORDER BY coalesce(s.last_day, '9999-12-31') COLLATE "C", s.path, s.position LIMIT $3`,
      [this.facts.number, group, most],
    )
    const members = rows.map(({ source }) => source)
    await this.bringSources(members)
    return members
  }

  async numberOf(id: string): Promise<number | undefined> {
    const brought = this.byId.get(id)
    if (brought) return this.sourceOf(brought.source.firstPassage)
    const rows = await this.database.rows<{ source: number }>(
      `SELECT s.source FROM onrecord.sources s WHERE s.id = $2 AND ${isIn('$1')} ORDER BY s.source DESC LIMIT 1`,
      [this.facts.number, id],
    )
    const number = rows[0]?.source
    if (number !== undefined) await this.bringSources([number])
    return number
  }

  list(from: number, most: number): Promise<StoredSource[]> {
    return this.content.list(`WHERE ${isIn('$1')} ORDER BY s.path, s.position, s.source OFFSET $2 LIMIT $3`, [from, most])
  }

  async sourcesLike(part: string, most: number): Promise<{ ids: string[]; total: number }> {
    const rows = await this.database.rows<{ id: string; total: number }>(
      `SELECT s.id, count(*) OVER () AS total FROM onrecord.sources s WHERE ${isIn('$1')}
      AND (starts_with(s.id, $2) OR strpos(s.path_folded || E'\\n' || s.title_folded, $2) > 0) ORDER BY s.path, s.position, s.source LIMIT $3`,
      [this.facts.number, folded(part), most],
    )
    return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 }
  }

  original({ original }: StoredSource): Promise<Readable | null> {
    return originalOf(this.database, original.sha256)
  }

  speakers(most: number): Promise<ListedSpeaker[]> {
    return speakers(this.database, this.facts.number, most)
  }

  async someStatements(most: number): Promise<{ source: number; statement: number }[]> {
    const found = await someStatements(this.database, this.facts.number, most)
    await this.bringSources(found.map(({ source }) => source))
    return found
  }

  async passagesOf({ firstPassage, passages }: StoredSource): Promise<number[]> {
    const numbers = Array.from({ length: passages }, (_, i) => firstPassage + i)
    await this.bring(numbers)
    return numbers
  }

  async bring(passages: number[]): Promise<void> {
    if (this.passages.size > this.most) this.passages.clear()
    const missing = passages.filter((passage) => !this.passages.has(passage))
    const [found] = await Promise.all([this.content.bringPassages(missing), this.bringSources(passages.map((passage) => this.sourceOf(passage)))])
    for (const [number, passage] of found) this.passages.set(number, passage)
  }

  bringVectors(passages: number[]): Promise<void> {
    return this.content.bringVectors(new Map(passages.map((passage) => [passage, this.broughtPassage(passage)])))
  }

  source(number: number): StoredSource {
    return this.broughtSource(number).source
  }

  nameInFull({ id }: Pick<Source, 'id'>, speaker: string): string {
    const source = this.byId.get(id)
    return source ? source.nameOf(speaker) : speaker
  }

  sourceOf(passage: number): number {
    return Math.floor(passage / PASSAGES)
  }

  passage(passage: number): Passage {
    return this.broughtPassage(passage)
  }

  text(source: number): string {
    return this.broughtSource(source).text
  }

  sentenceCosines(vector: Float32Array, passage: number): number[] {
    return similarities(vector, this.vectorsOf(passage).sentences, this.passage(passage).sentences.length)
  }

  between(one: SentencePlace, other: SentencePlace): number {
    const [first, second] = [this.sentence(one), this.sentence(other)]
    return dot(unit(first), unit(second))
  }

  highest(rows: Float32Array, passages: number[]): Float32Array[][] {
    return passages.map((passage) => {
      const { signs, ends, sentences } = this.vectorsOf(passage)
      return highestOf(rows, sentences.length / ends.length, signs, ends)
    })
  }

  /** The connections are the record's. */
  async close(): Promise<void> {}

  /** Sources with their texts. */
  async bringSources(numbers: Iterable<number>): Promise<void> {
    if (this.sources.size > this.most) {
      this.sources.clear()
      this.byId.clear()
    }
    const missing = [...numbers].filter((number) => !this.sources.has(number))
    for (const [number, source] of await this.content.bringSources(missing)) {
      this.sources.set(number, source)
      this.byId.set(source.source.id, source)
    }
  }

  private broughtSource(number: number): BroughtSource {
    const source = this.sources.get(number)
    if (!source) throw new Error(`source ${number} was not brought`)
    return source
  }

  private broughtPassage(number: number): BroughtPassage {
    const passage = this.passages.get(number)
    if (!passage) throw new Error(`passage ${number} was not brought`)
    return passage
  }

  private vectorsOf(number: number): PassageVectors {
    const { vectors } = this.broughtPassage(number)
    if (!vectors) throw new Error(`the vectors of passage ${number} were not brought`)
    return vectors
  }

  private sentence({ passage, sentence }: SentencePlace): Int8Array {
    const { sentences, ends } = this.vectorsOf(passage)
    const width = sentences.length / ends.length
    return sentences.subarray(sentence * width, (sentence + 1) * width)
  }
}
