import { overlaps } from '../index/spans.ts'
import type { Statement } from '../index/types.ts'
import type { Citation } from './cite.ts'
import { dayOf } from './days.ts'
import type { Figure } from './figures.ts'
import { figuresFor, type Quantity } from './quantity.ts'
import { aboutSubject, subjectOf } from './same-thing.ts'

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
export function sidesCited(about: string, sides: CitedSide[], citations: Citation[], quantity: Quantity | null): Disagreement | null {
  if (sides.length < 2) return null
  const given = sides.map((side) => (quantity === null ? [] : side.citations.flatMap((n) => figuresOf(citations[n] as Citation, quantity, side))))
  const units = given.flatMap((figures) => [...new Set(figures.map(({ unit }) => unit))]).filter((unit) => unit !== null)
  const unit = mostFrequent(units)
  const figures = given.map((list) => list.find((figure) => figure.unit === unit || figure.unit === null) ?? null)
  const differ = new Set(figures.flatMap((figure) => (figure === null ? [] : [figure.value]))).size > 1
  return {
    about,
    sides: sides.map((side, i) => {
      const figure = differ ? (figures[i] ?? null) : null
      // The citation with the figure goes first.
      const numbers = [...side.citations].sort((a, b) => Number(holds(citations[b], figure)) - Number(holds(citations[a], figure)))
      return { label: labelOf(citations[numbers[0] as number] as Citation, side.said, figure), value: figure?.text ?? null, citations: numbers }
    }),
  }
}

/** The share of a question's idf that a figure's surroundings must cover, its own noun aside: less is about another thing. */
const SAME_THING = 0.5

/** The figures that the citations of a question for a number give differently. Null when there is one figure or none. */
export function figuresThatDiffer(about: string, citations: Citation[], quantity: Quantity, idf: Map<string, number>): Disagreement | null {
  const subject = subjectOf(idf, quantity)
  const isAbout = ({ passage, start, source }: Citation, figure: Figure) =>
    aboutSubject(passage.text, start - passage.start + figure.start, figure, source, subject) > SAME_THING
  const given = citations.flatMap((citation, n) =>
    figuresOf(citation, quantity).flatMap((figure) => (isAbout(citation, figure) ? [{ n, figure, ...whoGives(citation, figure) }] : [])),
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

/** The figures of a quote that may answer; of a side only those that are its own. */
function figuresOf(citation: Citation, quantity: Quantity, side?: CitedSide): Figure[] {
  const figures = figuresFor(quantity, citation.quote)
  if (!side) return figures
  const own = figures.filter((figure) => {
    const statement = statementAt(citation, figure)
    return statement !== undefined && side.said(statement, citation.source)
  })
  return own.length > 0 ? own : figures.filter((figure) => statementAt(citation, figure) === undefined)
}

function holds(citation: Citation | undefined, figure: Figure | null): boolean {
  return citation !== undefined && figure !== null && citation.quote.slice(figure.start, figure.end) === figure.text
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
  const own = citation.statements.filter((s) => said(s, citation.source))
  const statement = (figure && own.includes(statementAt(citation, figure) as Statement) ? statementAt(citation, figure) : undefined) ?? own[0]
  return labelFor(citation, statement)
}

/** "Odile Marchetti (14 March 2024)"; whom nobody quotes, the paper. */
function labelFor({ source }: Citation, statement: Statement | undefined): string {
  const who = statement?.speaker ?? source.outlet ?? source.author ?? source.title
  const day = dayOf(statement, source)
  return day === null ? who : `${who} (${inWords(day)})`
}

function inWords(date: string): string {
  const [year = '', month, day] = date.split('-')
  if (!month) return year
  const name = new Date(`${year}-${month}-01T00:00:00Z`).toLocaleString('en', { month: 'long', timeZone: 'UTC' })
  return `${day ? `${Number(day)} ` : ''}${name} ${year}`
}

function mostFrequent(units: string[]): string | null {
  const counts = new Map<string, number>()
  for (const unit of units) counts.set(unit, (counts.get(unit) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}
