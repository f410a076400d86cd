import { termOf, wordsOf } from '../index/terms.ts'
import { type Figure, figuresIn, unitOf } from './figures.ts'
import { isStop, readQuestion } from './question.ts'

/** What a question wants counted, priced or measured. */
export interface Quantity {
  kind: 'money' | 'measure' | 'count' | 'any'
  /** The units or nouns that fit, folded; empty when every one of the kind does. */
  units: Set<string>
  /** Where people are counted: terms of what they do, for who are called after it. */
  acting: string[]
  /** The words of the question that say only that a quantity is asked for, as terms: they need not stand beside a figure. */
  asks: Set<string>
}

const MONEY =
  /\b(?:cost|costs|costing|price|prices|priced|bill|budget|fee|fees|fare|rent|wage|salary|charge|pay|paid|worth|spend|spent|expense|expensive|afford|offer|offered|bid|raise money|fund|funding|grant)\b/i
const MEASURES: [RegExp, string[]][] = [
  [
    /\b(?:how (?:deep|high|tall|wide|far|long|thick)|height|depth|width|length|distance|thickness|level)\b/i,
    ['millimetre', 'centimetre', 'metre', 'kilometre', 'inch', 'inches', 'foot', 'yard', 'mile', 'fathom'],
  ],
  [
    /\b(?:how (?:long|soon)|duration|time)\b/i,
    ['second', 'minute', 'hour', 'day', 'night', 'week', 'fortnight', 'month', 'year', 'decade', 'century', 'winter', 'summer', 'season'],
  ],
  [/\b(?:percentage|per ?cent|proportion|share)\b/i, ['percent']],
  [/\bhow (?:heavy)|\bweigh|\bweight\b/i, ['kilogram', 'gram', 'ton', 'tonne', 'pound', 'ounce']],
]
const COUNT =
  /\b(?:how many|(?:what |the |which )?(?:number|numbers|count|total) of(?: the)?|number of)\s+((?:[\p{L}'’-]+\s+){0,3}[\p{L}'’-]+)/iu
const ASKS =
  'how much many number numbers figure figures estimate estimates cost costs costing price prices priced amount total count value sum put give gave given rise fall change changed would will does did high deep long far wide tall worth bill budget say think'

/** What a question asks a figure of; null when it asks for none. */
export function quantityOf(question: string): Quantity | null {
  const asks = new Set(ASKS.split(' ').map(termOf))
  const counted = COUNT.exec(question)?.[1]
  const nouns = counted && !MONEY.test(counted) ? nounsIn(counted) : []
  // "How many people visit it" are its visitors.
  const acting = nouns.some((noun) => unitOf(noun) === unitOf('people')) ? readQuestion(question).terms.filter((term) => term.length > 3) : []
  if (nouns.length > 0) return { kind: 'count', units: new Set(nouns.map(unitOf)), acting, asks }
  if (MONEY.test(question)) return { kind: 'money', units: new Set(), acting: [], asks }
  const measures = MEASURES.filter(([pattern]) => pattern.test(question)).flatMap(([, units]) => units)
  if (measures.length > 0) return { kind: 'measure', units: new Set(measures.map(unitOf)), acting: [], asks }
  return /\bhow much\b|\b(?:figures?|estimates?|numbers?|amounts?)\b/i.test(question) ? { kind: 'any', units: new Set(), acting: [], asks } : null
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
  return figuresIn(text).filter((figure) => fits(figure, quantity) && isGiven(text, figure))
}

function fits({ kind, unit }: Figure, quantity: Quantity): boolean {
  if (quantity.kind === 'any') return unit !== null && kind !== 'count'
  if (quantity.kind === 'money') return kind === 'money' || unit === null
  return unit !== null && (quantity.units.has(unit) || quantity.acting.some((term) => unit.startsWith(term) && /or|er|ant|ist/.test(unit.slice(term.length))))
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
