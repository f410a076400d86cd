import { isStop } from '../index/stop-words.ts'
import { termOf, termsOf, wordsOf } from '../index/terms.ts'
import { type Figure, figuresIn, unitOf } from './figures.ts'
import { type Question, readQuestion } from './question.ts'

/** What a question wants counted, priced or measured. */
export interface Quantity {
  kind: 'money' | 'measure' | 'count' | 'any'
  question: string
  /** Is the price of a thing asked for, and not what somebody pays, offers or earns? */
  priced: boolean
  /** The terms of the thing whose price it is, where the question names it beside the asking: of "the half cut" both words. */
  thing: string[]
  /** The units or nouns that fit, folded; empty when every one of the kind does. */
  units: Set<string>
  /** Where people are counted: terms of what they do, for who are called after it. */
  acting: string[]
  /** The words of the question that say only that a quantity is asked for, as terms: they need not stand beside a figure. */
  asks: Set<string>
}

const MONEY =
  /\b(?:cost|costs|costing|price|prices|priced|bill|budget|fee|fees|fare|rent|wage|salary|charge|pay|paid|worth|spend|spent|expense|expensive|afford|offer|offered|bid|raise money|fund|funding|grant)\b/i
const THING =
  /\b(?:costs?|prices?|figures?|estimates?|bill)\s+(?:of|for|on|to)\s+(?:the\s+|an?\s+)?((?:[\p{L}-]+\s+){0,2}[\p{L}-]+?)(?=\s+(?:of|to|for|in|at|on|by|from)\b|[?,.]|$)|\b(?:would|will|does|did|do)\s+(?:the\s+|an?\s+)?((?:[\p{L}-]+\s+){0,2}[\p{L}-]+?)\s+cost\b/iu
const PRICED = /\b(?:costs?|costing|priced?|prices|bill|budget|estimates?|figures?)\b/i
const MEASURES: [RegExp, string[]][] = [
  [
    /\b(?:how (?:deep|high|tall|wide|far|long|thick)|height|depth|width|length|distance|thickness|level)\b/i,
    ['millimetre', 'centimetre', 'metre', 'kilometre', 'inch', 'inches', 'foot', 'yard', 'mile', 'fathom'],
  ],
  [
    /\b(?:how (?:long|soon)|duration|time)\b/i,
    ['second', 'minute', 'hour', 'day', 'night', 'week', 'fortnight', 'month', 'year', 'decade', 'century', 'winter', 'summer', 'season'],
  ],
  [/\b(?:how loud|loudness|noise)\b/i, ['decibel']],
  [/\b(?:how (?:hot|cold|warm)|temperature)\b/i, ['degree']],
  [/\b(?:how fast|speed)\b/i, ['mph', 'kmh', 'knot']],
  [/\b(?:percentage|per ?cent|proportion|share)\b/i, ['percent']],
  [/\bhow (?:heavy)|\bweigh|\bweight\b/i, ['kilogram', 'gram', 'ton', 'tonne', 'pound', 'ounce']],
]
const COUNT = /\b(?:how many|(?:what |the |which )?(?:number|numbers|count|total) of(?: the)?|number of)\s+((?:[\p{L}'’-]+\s+){0,3}[\p{L}'’-]+)/iu
const ASKS =
  'how much many number numbers figure figures estimate estimates cost costs costing price prices priced amount total count value sum put give gave given rise fall change changed would will does did high deep long far wide tall worth bill budget say think recent latest newest last first earliest current original new loud hot cold warm fast heavy old big large small'

/** What a question asks a figure of; null when it asks for none. */
export function quantityOf(question: string): Quantity | null {
  const asks = new Set(ASKS.split(' ').map(termOf))
  const read = { question, asks, acting: [], priced: PRICED.test(question), thing: thingIn(question) }
  const counted = COUNT.exec(question)?.[1]
  const nouns = counted && !MONEY.test(counted) ? nounsIn(counted) : []
  // "How many people visit it" are its visitors.
  const acting = nouns.some((noun) => unitOf(noun) === unitOf('people')) ? readQuestion(question).terms.filter((term) => term.length > 3) : []
  if (nouns.length > 0) return { ...read, kind: 'count', units: new Set(nouns.map(unitOf)), acting }
  if (MONEY.test(question)) return { ...read, kind: 'money', units: new Set() }
  const measures = MEASURES.filter(([pattern]) => pattern.test(question)).flatMap(([, units]) => units)
  if (measures.length > 0) return { ...read, kind: 'measure', units: new Set(measures.map(unitOf)) }
  return /\bhow much\b|\b(?:figures?|estimates?|numbers?|amounts?)\b/i.test(question) ? { ...read, kind: 'any', units: new Set() } : null
}

const FOR_NUMBER =
  /\bwhat (?:does|did|do|would|will|is|was|are|were)\b[^?]{0,80}\b(?:costs?|prices?|worth|charge|bill|fee|budget|estimate|level|height|depth|length|width)\b|\b(?:figures|estimates|numbers)\b/i

/** Does a question ask for a figure, and not only about a thing that has one? */
export function asksForFigure(question: Question): boolean {
  return question.type === 'number' || (question.type === 'other' && FOR_NUMBER.test(question.text))
}

function thingIn(question: string): string[] {
  const found = THING.exec(question)
  return termsOf(found?.[1] ?? found?.[2] ?? '').filter((term) => !isStop(term))
}

/** The nouns of "working boats fish from": up to the first word that counts nothing. */
function nounsIn(words: string): string[] {
  const nouns: string[] = []
  for (const { text } of wordsOf(words)) {
    if (isStop(text) || /^(?:of|a|an|the|that|which|who|use|uses|visit|visits|live|lives|work|works|go|goes)$/i.test(text)) break
    nouns.push(text)
  }
  return nouns
}

/** The figures in a text that may answer: of the kind that is asked for, given and not only referred to. */
export function figuresFor(quantity: Quantity, text: string): Figure[] {
  return figuresIn(text).filter(
    (figure) => fits(figure, quantity) && isGiven(text, figure) && !isOtherSum(text, figure, quantity) && isOfDimension(text, figure, quantity.question),
  )
}

function fits({ kind, unit }: Figure, quantity: Quantity): boolean {
  if (quantity.kind === 'any') return unit !== null && kind !== 'count'
  if (quantity.kind === 'money') return kind === 'money' || unit === null
  return unit !== null && (quantity.units.has(unit) || quantity.acting.some((term) => unit.startsWith(term) && /or|er|ant|ist/.test(unit.slice(term.length))))
}

const DIMENSIONS: Record<string, RegExp> = {
  long: /\b(?:long|length)\b/i,
  wide: /\b(?:wide|width)\b/i,
  deep: /\b(?:deep|depth)\b/i,
  high: /\b(?:high|height|tall)\b/i,
  tall: /\b(?:high|height|tall)\b/i,
  thick: /\b(?:thick|thickness)\b/i,
  away: /\b(?:far|away|distance)\b/i,
  apart: /\b(?:far|apart|distance)\b/i,
}

/** Directly before a sum: it is paid, owed or won, and is not what a thing costs. */
const OTHER_SUM =
  /\b(?:fine[sd]?|fined|grant(?:s|ed)?|donat(?:e|es|ed|ion)|won|win|wins|earn(?:s|ed)?|rais(?:e|es|ed)|pay|pays|paid|lend|lent|loan(?:s|ed)?|owe[sd]?|prize|profits?|salary|wages?|worth|rent|offer(?:s|ed)?|bid|debts?|income|revenue|saved?)\b(?=[^.;:”"]{0,40}$)/i

/** "The county fined it £12,000" gives no price, unless a fine is what is asked about. */
function isOtherSum(text: string, { start, kind }: Figure, { priced, question }: Quantity): boolean {
  const word = priced && kind === 'money' ? OTHER_SUM.exec(text.slice(Math.max(0, start - 60), start))?.[0] : undefined
  return word !== undefined && !new RegExp(`\\b${word.slice(0, 4)}`, 'i').test(question)
}

/** "60 metres long" answers only who asks for a length, and "two years ago" nobody who asks for a number. */
function isOfDimension(text: string, { end }: Figure, question: string): boolean {
  const dimension = /^\s(long|wide|deep|high|tall|thick|away|apart|ago|later|earlier|before|after)\b/i.exec(text.slice(end, end + 12))?.[1]?.toLowerCase()
  return dimension === undefined || (DIMENSIONS[dimension]?.test(question) ?? false)
}

/** "Of the 1.4 metres", "the surveyor's £95,000", "not 1,140", "more than 400": a figure that is somebody else's, denied, or a bound. */
function isGiven(text: string, { start }: Figure): boolean {
  const before = text.slice(Math.max(0, start - 70), start)
  if (/(?:\b(?:the|those|these|that|than|not|nor|under|over|above|below|nearly|almost|beyond)|['’]s|s['’])\s$/i.test(before)) return false
  if (/\b(?:at least|at most|up to|as (?:many|much) as|instead of|rather than|no (?:more|fewer|less) than|(?:more|less|fewer) than)\s$/i.test(before))
    return false
  return !/\b(?:reject|rejected|dismiss|dismissed|den(?:y|ied)|disput(?:e|ed)|never believed|wrong(?:ly)?|false(?:ly)?|mistaken(?:ly)?|claims? (?:of|that|to)|the figure of|against)\b[^.;:”"]{0,40}$/i.test(
    before,
  )
}
