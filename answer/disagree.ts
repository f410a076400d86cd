import { dayOf, inWords } from '../index/days.ts'
import { personNames } from '../index/names.ts'
import { sentencesOf } from '../index/sentences.ts'
import { overlaps } from '../index/spans.ts'
import type { Span, Statement } from '../index/types.ts'
import type { Citation } from './cite.ts'
import type { Figure } from './figures.ts'
import { figuresFor, type Quantity } from './quantity.ts'
import { aboutSubject, FARTHER, type Measured, measuredIn, SAME_THING } from './same-thing.ts'

/** Citations grouped by who said them and when, the figures that differ marked. */
export interface Disagreement {
  about: string
  sides: { label: string; value: string | null; citations: number[] }[]
}

/** A side with the numbers of its citations. */
export interface CitedSide {
  citations: number[]
  said: (statement: Statement, source: Citation['source']) => boolean
}

/** The sides of a question that names them, each with its figure where figures differ. Null when fewer than two are cited. */
export function sidesCited(about: string, sides: CitedSide[], citations: Citation[], measured: Measured | null, least: number): Disagreement | null {
  const given = sides.map((side) => (measured === null ? [] : givenBy(side, citations, measured, least)))
  const unit = mostFrequent(given.flatMap((figures) => [...new Set(figures.flatMap(({ figure }) => figure.unit ?? []))]))
  const parts = sides.flatMap((side, i) =>
    byFigure(
      side,
      (given[i] as Given[]).filter(({ figure }) => figure.unit === unit || figure.unit === null),
    ),
  )
  if (parts.length < 2) return null
  const differ = new Set(parts.flatMap(({ figure }) => figure?.value ?? [])).size > 1
  return {
    about,
    sides: parts.map(({ said, citations: own, figure }) => ({
      label: labelOf(citations[own[0] as number] as Citation, said, differ ? figure : null),
      value: differ ? (figure?.text ?? null) : null,
      citations: own,
    })),
  }
}

/** A figure that the n-th citation gives. */
interface Given {
  n: number
  figure: Figure
  day: string
  /** Is it wholly about the subject? */
  same: boolean
}

function givenBy(side: CitedSide, citations: Citation[], measured: Measured, least: number): Given[] {
  return side.citations.flatMap((n) => {
    const citation = citations[n] as Citation
    return figuresOf(citation, measured.quantity, side)
      .filter((figure) => isOf(citation, figure, measured, least, FARTHER))
      .map((figure) => {
        const statement = giverOf(citation, figure, side.said)
        return { n, figure, day: dayOf(statement, citation.source) ?? '', same: isOf(citation, figure, measured) }
      })
  })
}

/** A side with its figure; who gave one figure on one day and another on another is two sides, in the order of time. */
function byFigure(side: CitedSide, given: Given[]): (CitedSide & { figure: Figure | null })[] {
  const [first] = given
  if (!first) return [{ ...side, figure: null }]
  const values = new Map<number, Given[]>()
  for (const one of given) if (one === first || one.same) values.set(one.figure.value, [...(values.get(one.figure.value) ?? []), one])
  const apart = [...values.values()].map((list) => ({
    figure: (list[0] as Given).figure,
    day: (list[0] as Given).day,
    numbers: [...new Set(list.map(({ n }) => n))],
  }))
  // Of two figures of one day it cannot be told which is meant: the first one answers better.
  if (apart.length > 1 && new Set(apart.map(({ day }) => day)).size === apart.length) {
    return apart.sort((a, b) => (a.day < b.day ? -1 : 1)).map(({ figure, numbers }) => ({ ...side, figure, citations: numbers }))
  }
  const { numbers } = apart[0] as (typeof apart)[number]
  return [{ ...side, figure: first.figure, citations: [...numbers, ...side.citations.filter((n) => !numbers.includes(n))] }]
}

/** The figures that the citations of a question for a number give differently. Null when there is one figure or none. */
export function figuresThatDiffer(about: string, citations: Citation[], quantity: Quantity, idf: Map<string, number>): Disagreement | null {
  const measured = measuredIn(idf, quantity)
  const given = citations.flatMap((citation, n) =>
    figuresOf(citation, quantity).flatMap((figure) => (isOf(citation, figure, measured) ? [{ n, figure, ...whoGives(citation, figure) }] : [])),
  )
  const unit = mostFrequent(given.flatMap(({ figure }) => figure.unit ?? []))
  const same = given.filter(({ figure }) => figure.unit === unit || (figure.unit === null && figure.value >= 1000))
  // Of two figures that one speaker gives at once it cannot be told which is meant.
  const plain = same.filter((a) => !same.some((b) => b !== a && b.label === a.label && b.figure.value !== a.figure.value))
  const values = [...new Set(plain.map(({ figure }) => figure.value))]
  if (values.length < 2) return null
  const sides = values.map((value) => {
    const givers = plain.filter(({ figure }) => figure.value === value)
    const named = givers.some(({ spoken }) => spoken) ? givers.filter(({ spoken }) => spoken) : givers
    return {
      label: [...new Set(named.map(({ label }) => label))].join('; '),
      value: (named[0] as (typeof named)[number]).figure.text,
      citations: [...new Set(named.map(({ n }) => n))],
      day: named.map(({ day }) => day ?? '').sort()[0] ?? '',
    }
  })
  sides.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  return { about, sides: sides.map(({ day: _, ...side }) => side) }
}

/** Is a figure of a citation one of the subject? */
function isOf({ passage, start, source }: Citation, figure: Figure, measured: Measured, least = SAME_THING, farther = 0): boolean {
  return aboutSubject(passage.text, start - passage.start + figure.start, figure, source, measured, farther) >= least
}

/** The figures of a quote that may answer; of a side only those that are its own. */
function figuresOf(citation: Citation, quantity: Quantity, side?: CitedSide): Figure[] {
  const figures = figuresFor(quantity, citation.quote)
  if (!side) return figures
  const own = figures.filter((figure) => {
    const statement = statementAt(citation, figure)
    return statement !== undefined && side.said(statement, citation.source)
  })
  return own.length > 0 ? own : figures.filter((figure) => isWrittenOf(citation, figure, side.said))
}

/** Does nobody say a figure, and does its sentence name no other than the side? "In May Lusk gave their number as 19" is not the Society's figure. */
function isWrittenOf(citation: Citation, figure: Figure, said: CitedSide['said']): boolean {
  if (statementAt(citation, figure) !== undefined) return false
  const { start, end } = sentenceOf(citation, figure)
  const names = personNames(citation.quote.slice(start - citation.start, end - citation.start))
  return names.every((name) => citation.statements.some((s) => s.speaker.includes(name) && said(s, citation.source)))
}

/** Where the sentence of a figure lies in its source's text. */
function sentenceOf({ quote, start }: Citation, figure: Figure): Span {
  const sentence = sentencesOf(quote).find((s) => s.start <= figure.start && figure.start < s.end) ?? figure
  return { start: start + sentence.start, end: start + sentence.end }
}

/** Whose statement a figure stands in, or else is named beside it in its sentence; undefined when the paper itself gives it. */
function giverOf(citation: Citation, figure: Figure, said: CitedSide['said']): Statement | undefined {
  const at = statementAt(citation, figure)
  if (at && said(at, citation.source)) return at
  const sentence = sentenceOf(citation, figure)
  return citation.statements.find((s) => overlaps(s, sentence) && said(s, citation.source))
}

/** The shortest statement that a figure of a quote stands in. */
function statementAt(citation: Citation, { start, end }: Figure): Statement | undefined {
  const at = { start: citation.start + start, end: citation.start + end }
  return citation.statements.filter((s) => overlaps(s, at)).sort((a, b) => a.end - a.start - (b.end - b.start))[0]
}

function whoGives(citation: Citation, figure: Figure): { label: string; spoken: boolean; day: string | null } {
  const statement = statementAt(citation, figure)
  return { label: labelFor(citation, statement), spoken: statement !== undefined, day: dayOf(statement, citation.source) }
}

function labelOf(citation: Citation, said: CitedSide['said'], figure: Figure | null): string {
  return labelFor(citation, figure ? giverOf(citation, figure, said) : citation.statements.find((s) => said(s, citation.source)))
}

/** "Odile Marchetti (14 March 2024)"; whom nobody quotes, the paper. */
function labelFor({ source }: Citation, statement: Statement | undefined): string {
  const who = statement?.speaker ?? source.outlet ?? source.author ?? source.title
  const day = dayOf(statement, source)
  return day === null ? who : `${who} (${inWords(day)})`
}

function mostFrequent(units: string[]): string | null {
  const counts = new Map<string, number>()
  for (const unit of units) counts.set(unit, (counts.get(unit) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}
