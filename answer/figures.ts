import { termOf } from '../index/terms.ts'
import type { Span } from '../index/types.ts'

/** A figure in a text: how much of what. */
export interface Figure extends Span {
  /** As it stands in the text, with its unit: "4.2 million crowns". */
  text: string
  value: number
  /** What is counted or measured by, folded: a currency's sign, "percent", a noun's stem; null for "4.2 million" alone. */
  unit: string | null
  kind: 'money' | 'measure' | 'count'
}

const SMALL = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ')
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const MAGNITUDES: Record<string, number> = { hundred: 1e2, thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12, m: 1e6, bn: 1e9, k: 1e3 }
const SPOKEN = `(?:${[...SMALL, ...TENS].join('|')})`
const DIGITS = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d{1,4})?|\\d{1,12}(?:\\.\\d{1,6})?'
/** "4.2 million", "£95,000", "£3.4m", "forty-two thousand", "six point eight million", "a million", and the two words that follow. */
const FIGURE = new RegExp(
  `(?<![\\p{L}\\p{N}.,:/-])([£$€¥])?(?:(${DIGITS})|((?:${SPOKEN})(?:(?:-|\\s(?:and\\s)?)(?:${SPOKEN}|hundred|point)){0,5}|an?(?=\\s(?:hundred|thousand|million|billion)\\b)))(?:(m|bn|k)(?![\\p{L}\\p{N}])|\\s(hundred|thousand|million|billion|trillion)\\b)?(?![\\d:]|\\.\\d|,\\d{3}|[-–](?:\\d|year))(\\s?%|(?:[\\s-](?!\\n)\\p{L}[\\p{L}'’]{0,24}){0,3})`,
  'giu',
)

const ENDS_RANGE = new RegExp(`(?:\\d|\\b${SPOKEN})\\s?(?:to|or|[-–—])\\s?$|\\bbetween\\s(?:\\S{1,12}\\s){1,3}and\\s$`, 'i')
const CURRENCIES =
  /^(?:pounds?|sterling|dollars?|euros?|crowns?|kroner|kronor|krona|francs?|yen|yuan|rupees?|rubles?|roubles?|pesos?|marks?|shillings?|florins?|lira|pence|cents)$/i
const SIGNS: Record<string, string> = { pound: '£', sterling: '£', dollar: '$', euro: '€', yen: '¥' }
const MEASURES: Record<string, string> = {
  mm: 'millimetre', cm: 'centimetre', km: 'kilometre', kg: 'kilogram', ft: 'foot', feet: 'foot', mph: 'mph', kmh: 'kmh', kw: 'kilowatt', mw: 'megawatt', gw: 'gigawatt', ha: 'hectare',
  percent: 'percent', 'per cent': 'percent', '%': 'percent',
} // biome-ignore format: a table
const MEASURE =
  /^(?:(?:milli|centi|kilo|deci)?(?:metre|meter|gram|gramme|litre|liter)|inch|inches|foot|yard|mile|acre|hectare|ton|tonne|pound|ounce|gallon|fathom|knot|degree|second|minute|hour|day|night|week|fortnight|month|year|decade|century|winter|summer|spring|autumn|season|(?:kilo|mega|giga)?watt|volt|decibel|percent|mph|kmh|foot)(?:e?s)?$/i
const TIMES_OF_DAY = /^(?:o['’]clock|am|pm|a\.m|p\.m|noon)$/i
const MONTH = /^(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b/i
const NUMBERED =
  /\b(?:page|pages|pp?|no|nos|number|item|items|section|chapter|article|clause|rule|line|table|fig|figure|route|room|flat|unit|bus|platform|gate|pier|berth|room|phase|stage|day|week|act|part|volume|vol|issue|grade|class|version|lot|plot|paragraph|chapter|appendix|aged|age|tel|call|world war|apollo)\.?\s$/i
/** What is counted the same: each is read as the first of its line. */
const SAME = [
  'house home household dwelling',
  'person people resident inhabitant',
  'woman women',
  'man men',
  'child children',
  'worker employee',
  'job post position',
  'car vehicle',
  'boat vessel',
  'signature name',
]
const FOLDED = new Map(SAME.flatMap((line) => line.split(' ').map((word) => [termOf(word), termOf(line.split(' ')[0] as string)])))

/** Words that a figure counts nothing by, though they follow it. */
const NO_NOUN =
  /^(?:and|or|of|in|on|at|to|by|for|from|with|a|an|the|per|as|is|was|were|are|be|been|that|which|who|but|than|if|when|while|now|then|had|has|have|will|would|could|it|he|she|they|we|i|you|said|before|after|since|until|under|over|against|into|out|about|more|less|times?|other|others|years? old|so|not|did|does|only|still|already|today|yesterday|each|every|because|this|these|those|our|their|his|her|its|between|during|within|without|near|down|up|off|where|there)$/i

/** The figures in a text, in order. No years, dates, times of day, ages, numbers of pages and the like; the ends of a range are none either. */
export function figuresIn(text: string): Figure[] {
  const figures: Figure[] = []
  for (const match of text.matchAll(FIGURE)) {
    const figure = figureOf(match, text)
    if (figure) figures.push(figure)
  }
  return figures.filter((figure, i) => !endsRange(text, figure) && !isRange(text, figure, figures[i + 1]) && !isRange(text, figures[i - 1], figure))
}

function figureOf(match: RegExpMatchArray, text: string): Figure | null {
  const [, sign, digits, spoken, suffix, magnitude, after = ''] = match
  const start = match.index as number
  const end = start + match[0].length - after.length
  const before = text.slice(Math.max(0, start - 24), start)
  const base = digits !== undefined ? Number(digits.replaceAll(',', '')) : spoken === undefined || /^an?$/i.test(spoken) ? 1 : numberIn(spoken)
  if (base === null || !Number.isFinite(base)) return null
  const scale = MAGNITUDES[(suffix ?? magnitude ?? '').toLowerCase()] ?? 1
  const counted = unitAfter(after)
  if (counted === 'none' || (!sign && isLabel(before, after, digits, magnitude ?? suffix, counted))) return null
  const value = Math.round(base * scale * 1e6) / 1e6
  if (sign) return { start, end, text: text.slice(start, end), value, unit: sign + rateIn(after), kind: 'money' }
  if (counted === null) {
    const named = digits !== undefined || spoken !== undefined ? numberOf(text.slice(Math.max(0, start - 80), start)) : null
    if (named) return { start, end, text: text.slice(start, end), value, unit: named, kind: 'count' }
    return magnitude || suffix ? { start, end, text: text.slice(start, end), value, unit: null, kind: 'count' } : null
  }
  return { start, end: end + counted.length, text: text.slice(start, end + counted.length), value, unit: counted.unit, kind: counted.kind }
}

interface Unit {
  unit: string
  kind: Figure['kind']
  /** Characters of it after the number. */
  length: number
}

/** "A year", "per head": a price of another thing than the whole. */
function rateIn(after: string): string {
  const per = /^\s(?:an?|per|each|every)\s(\p{L}{2,12})/iu.exec(after)?.[1]
  return per ? `/${termOf(per)}` : ''
}

/** What stands after a number: its unit or the noun it counts; null for neither, 'none' when the number is no figure. */
function unitAfter(after: string): Unit | null | 'none' {
  if (/^\s?%/.test(after)) return { unit: 'percent', kind: 'measure', length: after.indexOf('%') + 1 }
  const percent = /^\sper\s?cent\b/i.exec(after)
  if (percent) return { unit: 'percent', kind: 'measure', length: percent[0].length }
  const words = [...after.matchAll(/[\p{L}'’]+/gu)].map((m) => ({ text: m[0], end: m.index + m[0].length }))
  const [first, second] = words
  if (!first) return null
  if (MONTH.test(first.text) || TIMES_OF_DAY.test(first.text) || /^(?:st|nd|rd|th)$/i.test(first.text)) return 'none'
  if (/^years?$/i.test(first.text) && /^old$/i.test(second?.text ?? '')) return 'none'
  if (CURRENCIES.test(first.text)) {
    const stem = termOf(first.text)
    return { unit: (SIGNS[first.text.toLowerCase().replace(/s$/, '')] ?? stem) + rateIn(after.slice(first.end)), kind: 'money', length: first.end }
  }
  for (const { text, end } of words) {
    if (NO_NOUN.test(text)) return null
    const folded = MEASURES[text.toLowerCase()] ?? text
    if (MEASURE.test(folded))
      return {
        unit:
          (/\b(?:square|cubic)\b/i.exec(after.slice(0, end))?.[0].toLowerCase() ?? '') + termOf(folded.replace(/meter/i, 'metre').replace(/liter/i, 'litre')),
        kind: 'measure',
        length: end,
      }
    if (/^\p{Lu}/u.test(text)) return null
    if (isPlural(text)) return { unit: FOLDED.get(termOf(text)) ?? termOf(text), kind: 'count', length: end }
  }
  return null
}

function isPlural(word: string): boolean {
  return /(?:[^s'’u]s|sses)$|^(?:people|men|women|children|sheep|fish|cattle|policemen|fishermen|firemen)$/i.test(word) && word.length > 3
}

/** Years, days of a month, numbers of pages: figures that name a thing and count none. */
function isLabel(before: string, after: string, digits: string | undefined, magnitude: string | undefined, counted: Unit | null): boolean {
  if (NUMBERED.test(before) && !/\bnumber\s$/i.test(before)) return true
  if (
    /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)\s$/i.test(
      before,
    )
  )
    return true
  if (digits === undefined || magnitude !== undefined) return false
  const year = /^(?:1[5-9]|20)\d\d$/.test(digits)
  return (
    year &&
    (counted === null ||
      /\b(?:in|of|since|by|from|until|before|after|during|january|february|march|april|may|june|july|august|september|october|november|december)\s$/i.test(
        before,
      )) &&
    !/^\s%/.test(after)
  )
}

/** "The number of working boats as 19": what is counted stands before. */
function numberOf(before: string): string | null {
  const noun = /\b(?:number|total|count) of ((?:\p{L}+ ){0,2}\p{L}+)\s(?:(?:is|was|at|as|to|stood|stands|now|be|still)\s){1,3}$/iu
    .exec(before)?.[1]
    ?.split(' ')
    .at(-1)
  return noun && isPlural(noun) ? (FOLDED.get(termOf(noun)) ?? termOf(noun)) : null
}

function numberIn(spoken: string): number | null {
  let total = 0
  let fraction = ''
  let past = false
  for (const word of spoken.toLowerCase().split(/[\s-]+/)) {
    const [small, tens] = [SMALL.indexOf(word), TENS.indexOf(word)]
    if (word === 'and') continue
    if (word === 'point') past = true
    else if (past && small >= 0 && small < 10) fraction += small
    else if (past) return null
    else if (word === 'hundred') total = (total || 1) * 100
    else if (tens >= 0) total += (tens + 2) * 10
    else if (small >= 0) total += small
    else return null
  }
  return past && fraction === '' ? null : Number(`${total}.${fraction || 0}`)
}

/** "4 to 6 boats": the first of the two is no figure by itself. */
function endsRange(text: string, { start }: Figure): boolean {
  return ENDS_RANGE.test(text.slice(Math.max(0, start - 30), start))
}

/** "4 to 6 million", "between 4 and 6", "4-6": two figures that are one. */
function isRange(text: string, a: Figure | undefined, b: Figure | undefined): boolean {
  if (!a || !b || a.end > b.start) return false
  const between = text.slice(a.end, b.start)
  return /^\s*(?:to|or|[-–—])\s*$/.test(between) || (/^\s*and\s*$/.test(between) && /\bbetween\s$/i.test(text.slice(0, a.start)))
}

/** What a question's word for a thing counted is folded to. */
export function unitOf(noun: string): string {
  const lower = noun.toLowerCase()
  return FOLDED.get(termOf(noun)) ?? termOf(MEASURES[lower] ?? noun)
}
