import { termOf, wordsOf } from '../../index/terms.ts'
import type { Span } from '../../index/types.ts'
import { type Figure, figuresIn } from '../figures.ts'
import { datesIn, saysAllOf, storedDay } from './dates.ts'
import type { Evidence } from './evidence.ts'
import { FRACTION, fractionOf, MAGNITUDES, SPOKEN, saysHowMany, spokenNumber } from './number-words.ts'

/** "£4.2 million", "4,200", "5 %", "3rd", "1990s", "10:30", "2024/25", "-5", and any other figures. */
const FIGURES = /(?<sign>[£$€¥]\s?)?(?<minus>(?<![\p{L}\p{N}.,)])[-–])?(?<digits>\p{N}+(?:[.,:/–—-]\p{N}+)*)(?<glued>\p{L}[\p{L}\p{N}]*)?/gu
const MAGNITUDE = /^\s(hundred|thousand|million|billion|trillion)\b/i
/** "€" of "five million €": a sign that is not written before figures could make a sum of any number. */
const LOOSE_SIGN = /[£$€¥](?!\s?\p{N})/u
const DEGREES = /^\s?°/
const PERCENT = /^(?:\s?%|[\s-]per[\s-]?cent(?:age points?)?\b|[\s-]percentage points?\b)/i
const CURRENCY = /^\s(pounds?|sterling|dollars?|euros?|yen|crowns?|kron(?:er|or|a)|francs?|cents?|pence|pesos?|rupees?|r(?:o)?ubles?|yuan)\b/i
const SIGNS: Record<string, string> = { pound: '£', sterling: '£', dollar: '$', euro: '€', yen: '¥' }
/** They count nobody. */
const NO_NUMBER = /\bno[\s-]one\b|\bone another\b/gi

/** Is every number, in figures or in words, in a cited quote, in the same currency, as a percentage where it is one? Dates may be those of saying and publishing. */
export function numbersAreThere(text: string, { quotes, days }: Pick<Evidence, 'quotes' | 'days'>): boolean {
  const known = [...quotes.flatMap(datesIn), ...days.map(storedDay)]
  if (LOOSE_SIGN.test(text)) return false
  const dates = datesIn(text)
  if (!dates.every((date) => known.some((each) => saysAllOf(each, date)))) return false
  const held = new Set(quotes.flatMap((quote) => keysIn(quote).map(({ key }) => key)))
  const years = new Set(known.map(({ year }) => `${year}`))
  return keysIn(text).every(({ key, isYear }) => held.has(key) || (isYear && years.has(key))) && measuresAreThere(text, quotes)
}

/** "In 2025", "early 2025", "the summer of 2025", and what may follow: "by 2025 residents" counts them. */
const BEFORE_YEAR =
  /\b(?:in|since|by|until|till|before|after|during|early|late|mid|(?:spring|summer|autumn|winter|fall|end|start|beginning|middle|rest|year) of|from|between|(?:from|between) \d{4} (?:to|and))[\s-]$/i
const AFTER_YEAR =
  /^(?:\s*$|[,;:.?!)”"](?!\p{N})|\s+(?:the|an?|and|to|it|he|she|they|was|were|is|are|had|has|have|when|while|as|but|said|says|(?:\p{Lu}[\p{L}'’-]+\s+){1,3}(?:said|told|warned|called|wrote|argued|put|was|had))\b)/u
/** "By 2025 in the town" may count: after another word than "by" that is a year. */
const AFTER_PLAIN_YEAR = /^\s+(?:after|because|before|by|for|in|on|at|over|following)\b/
const YEAR = /^\d{4}$/

/** Characters after a number in which its magnitude and unit are looked for. */
const AFTER = 60

/** Each number outside a date as what it comes to: the same for "five" and "5", another for "5 %", "£5" and "5th". */
function keysIn(text: string): Pick<Key, 'key' | 'isYear'>[] {
  const keys: Pick<Key, 'key' | 'isYear'>[] = []
  let rest = blanked(text.replace(NO_NUMBER, blank), datesIn(text))
  const readAll = (pattern: RegExp, read: (match: RegExpMatchArray, before: string, after: string) => Key) => {
    const taken: Span[] = []
    for (const match of rest.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length]
      const found = read(match, text.slice(Math.max(0, start - 20), start), rest.slice(end, end + AFTER))
      keys.push(found)
      taken.push({ start, end: end + found.length })
    }
    rest = blanked(rest, taken)
  }
  readAll(FRACTION, ({ groups = {} }) => ({ key: fractionOf(groups.count, groups.part), length: 0 }))
  readAll(FIGURES, figureKey)
  readAll(SPOKEN, ([run], _, after) => spokenKey(run, after))
  const others = wordsOf(rest).filter(({ text: word }) => saysHowMany(word))
  return [...keys, ...others.map(({ text: word }) => ({ key: `word ${termOf(word)}` }))]
}

interface Key {
  key: string
  /** Characters after the number that belong to it. */
  length: number
  /** It stands as a year does, so that it may be that of a date. */
  isYear?: boolean
}

function figureKey({ groups = {} }: RegExpMatchArray, left: string, after: string): Key {
  const before = /[\p{L}\p{N}]+$/u.exec(left)?.[0] ?? ''
  const { sign = '', minus = '', digits = '', glued = '' } = groups
  const plain = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(digits) ? digits.replaceAll(',', '') : digits
  const suffix = glued.toLowerCase()
  // "A12" and "4x4" are names.
  if (before) return { key: `as written ${before}${digits}${suffix}`, length: 0 }
  if (!/^\d+(?:\.\d+)?$/.test(plain)) return { key: `as written ${digits.replace(/[–—]/g, '-')}${suffix}`, length: 0 }
  if (/^(?:st|nd|rd|th)$/.test(suffix)) return { key: `nth ${Number(plain)}`, length: 0 }
  const scale = sign && Object.hasOwn(MAGNITUDES, suffix) ? (MAGNITUDES[suffix] as number) : suffix === 'bn' ? 1e9 : 1
  if (suffix && scale === 1) return { key: `as written ${plain}${suffix}`, length: 0 }
  const isYear =
    !sign &&
    !minus &&
    !suffix &&
    YEAR.test(digits) &&
    BEFORE_YEAR.test(left) &&
    (AFTER_YEAR.test(after) || (!/\bby\s$/i.test(left) && AFTER_PLAIN_YEAR.test(after)))
  return { ...withUnit(Number(plain) * scale, sign.trim(), minus, after), isYear }
}

function spokenKey(run: string, after: string): Key {
  const read = spokenNumber(run)
  if (!read) return { key: `as written ${run.toLowerCase().replace(/[\s-]+/g, ' ')}`, length: 0 }
  return read.ordinal ? { key: `nth ${read.value}`, length: 0 } : withUnit(read.value, '', '', after)
}

function withUnit(base: number, sign: string, minus: string, after: string): Key {
  let [value, length] = [base, 0]
  for (let more = MAGNITUDE.exec(after); more; more = MAGNITUDE.exec(after.slice(length))) {
    value *= MAGNITUDES[(more[1] as string).toLowerCase()] as number
    length += more[0].length
  }
  const number = `${minus && '-'}${Math.round(value * 1e6) / 1e6}`
  const percent = PERCENT.exec(after.slice(length))
  if (percent) return { key: `${number} percent`, length: length + percent[0].length }
  if (DEGREES.test(after.slice(length))) return { key: `${number} °`, length }
  const currency = sign ? null : CURRENCY.exec(after.slice(length))
  if (!currency) return { key: `${sign}${number}`, length }
  const word = (currency[1] as string).toLowerCase()
  return { key: `${SIGNS[word.replace(/s$/, '')] ?? `${termOf(word)} `}${number}`, length: length + currency[0].length }
}

/** "1.8 metres" is not proven by "1.8 feet". */
function measuresAreThere(text: string, quotes: string[]): boolean {
  const measures = (of: string) => figuresIn(of).filter(({ kind }) => kind === 'measure')
  const known = quotes.flatMap(measures)
  const isSame = (a: Figure, b: Figure) => a.value === b.value && a.unit === b.unit
  return measures(text).every((figure) => known.some((each) => isSame(each, figure)))
}

/** A text with blanks in the place of these spans, which are in order. */
function blanked(text: string, spans: Span[]): string {
  const parts: string[] = []
  let at = 0
  for (const { start, end } of spans) {
    parts.push(text.slice(at, start), ' '.repeat(end - start))
    at = end
  }
  return parts.join('') + text.slice(at)
}

function blank(text: string): string {
  return ' '.repeat(text.length)
}
