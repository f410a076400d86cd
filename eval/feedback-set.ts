import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod/v4'
import { OnRecordError } from '../index/errors.ts'
import type { GenerationReader } from '../index/reader.ts'
import { evenly } from './cases.ts'
import { type Case, type Gold, type QuestionSet, UNASKED } from './types.ts'
import { squash } from './words.ts'

const offset = z.int().min(0)

/** A line of the file that a server keeps feedback in; of one that knows more, what is known here. */
const Line = z.object({
  question: z.string().refine((text) => text.trim() !== ''),
  helpful: z.boolean(),
  reason: z.string().optional(),
  citations: z.array(z.object({ source: z.string(), start: offset, end: offset, sha256: z.string().optional() })),
  generation: z.string(),
})
type Line = z.infer<typeof Line>

/** A question that a person is to look at, and why: readers found its answer wanting, or what they were shown stands there no more. */
export interface Review {
  question: string
  why: string[]
  /** What they were shown, as far as it still stands there. */
  quotes: { doc: string; quote: string }[]
}

export interface FeedbackSet {
  set: QuestionSet
  review: Review[]
  /** Lines that are none of ours. */
  unreadable: number
}

/**
 * Makes a question set of what readers thought of answers: where all of them found a question's answer helpful, what it cited is right, and
 * where it cited nothing, refusing was. Throws SET_INVALID.
 */
export async function feedbackSet(generation: GenerationReader, file: string, max = Number.POSITIVE_INFINITY): Promise<FeedbackSet> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new OnRecordError('SET_INVALID', `The feedback ${file} cannot be read (${error.code ?? error.message}).`, 'Name the file of ONRECORD_FEEDBACK.')
  })
  const rows = text.split('\n').filter((row) => row.trim() !== '')
  const lines = rows.map(lineOf).filter((line) => line !== null)
  const byQuestion = new Map<string, Line[]>()
  for (const line of lines) {
    const question = squash(line.question).toLowerCase()
    const said = byQuestion.get(question)
    if (said) said.push(line)
    else byQuestion.set(question, [line])
  }
  const cases: Case[] = []
  const review: Review[] = []
  for (const said of byQuestion.values()) {
    const why = await reasonsFor(generation, said)
    const question = said[0]?.question ?? ''
    const gold = unique((await Promise.all(said.map((line) => goldOf(generation, line)))).flat())
    if (why.length > 0) review.push({ question, why, quotes: gold.map(({ doc, accepted }) => ({ doc, quote: accepted[0] as string })) })
    else cases.push({ ...UNASKED, id: `feedback-${cases.length + 1}`, question, kind: 'feedback', answerable: gold.length > 0, gold })
  }
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { set: { name: basename(file), sha256, form: 'record', cases: evenly(cases, max), documents: null }, review, unreadable: rows.length - lines.length }
}

/** The set in the record form, with what a person is to look at. */
export function writtenSet({ set, review }: FeedbackSet): string {
  const questions = set.cases.map(({ id, question, kind, answerable, gold }) => ({
    id,
    question,
    kind,
    answerable,
    gold: gold.map(({ doc, accepted }) => ({ doc, contains: accepted[0] })),
  }))
  return `${JSON.stringify({ questions, review }, null, 1)}\n`
}

/** What a person is to look at, a line each. */
export function reviewNotes({ review, unreadable }: FeedbackSet): string[] {
  const notes = review.map(({ question, why }) => `For a person to look at: “${question}” (${why.join('; ')}).`)
  return unreadable > 0 ? [...notes, `${unreadable} ${unreadable === 1 ? 'line' : 'lines'} of the feedback cannot be read.`] : notes
}

function lineOf(row: string): Line | null {
  try {
    return Line.safeParse(JSON.parse(row)).data ?? null
  } catch {
    // Such as the half of a line that a crash left.
    return null
  }
}

/** Why a question cannot be a case as it is; none when it can. */
async function reasonsFor(generation: GenerationReader, said: Line[]): Promise<string[]> {
  const unhelpful = said.filter(({ helpful }) => !helpful).map(({ reason }) => reason ?? 'not helpful')
  if (unhelpful.length > 0) return [...new Set(unhelpful)]
  const cited = said.filter(({ citations }) => citations.length > 0)
  if (cited.length > 0 && cited.length < said.length) return ['an answer and a refusal were both found helpful']
  const gold = await Promise.all(cited.map((line) => goldOf(generation, line)))
  return cited.length > 0 && gold.flat().length === 0 ? ['what was cited has changed since'] : []
}

/** What was cited, as far as the index still holds it: the same text, by its checksum or because it is the same index. */
async function goldOf(generation: GenerationReader, line: Line): Promise<Gold[]> {
  const gold: Gold[] = []
  for (const { source, start, end, sha256 } of line.citations) {
    const number = await generation.numberOf(source)
    if (number === undefined) continue
    const stored = generation.source(number)
    const isSame = sha256 === undefined ? line.generation === generation.id : sha256 === stored.sha256
    const quote = isSame ? squash(generation.text(number).slice(start, end)) : ''
    if (quote !== '') gold.push({ doc: stored.path, within: null, accepted: [quote] })
  }
  return gold
}

function unique(golds: Gold[]): Gold[] {
  return [...new Map(golds.map((gold) => [JSON.stringify(gold), gold])).values()]
}
