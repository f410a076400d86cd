import { describe, expect, it } from 'vitest'
import { ar } from '../../client/words/ar.ts'
import { de } from '../../client/words/de.ts'
import { en } from '../../client/words/en.ts'
import { balanced, isolated } from '../../client/words/formats.ts'
import { wordsIn } from '../../client/words/languages.ts'

const LANGUAGES = { 'en-GB': en('en-GB'), 'de-DE': de('de-DE'), 'ar-EG': ar('ar-EG'), ar: ar('ar') }
const NUMBERS = [0, 1, 2, 3, 11, 100, 101, 102, 103, 1_000_000]
const TEXTS = ['Penhale', 'حداد', '\u202e', '\u2069\u2069\u202e', '\u2066\u2067\u2068', 'a\u2029\u202eb', '']
const LISTS = [[], ['Penhale'], ['Penhale', 'حداد'], TEXTS]
const DATES = ['2025', '2025-08', '2025-08-05', '0050-01-01', 'in spring', '']

/** Every string that a language's words can make of edge values. A call that a value makes no sense for throws, and is left out. */
function* made(words: object): Generator<[string, string]> {
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') yield [key, value]
    else if (typeof value === 'function') for (const args of argumentsOf(key, value.length)) yield [`${key}(${JSON.stringify(args)})`, value(...args)]
    else yield* made(value as object)
  }
}

/** These take words of the documents. */
const NAMED = ['understood', 'sideBySide', 'filterSpeaker', 'filterOutlet', 'filterSource', 'onlyThisTitle', 'notVerified']
/** These take what is made of our words already. */
const MADE_OF_OURS = ['filterFrom', 'filterUntil', 'filterSet', 'filterRemoved', 'removeFilter', 'saved', 'notChecked']

/** By the name of the word; another one takes numbers. */
function argumentsOf(key: string, arity: number): unknown[][] {
  const numbers = NUMBERS.map((n) => [n])
  const extents = [null, ...NUMBERS].flatMap((n) => [
    [n, true],
    [n, false],
  ])
  const missing = LISTS.flatMap((list) => NUMBERS.map((n) => [n, n, list]))
  const special: Record<string, unknown[][]> = {
    tagline: extents,
    notOnRecord: extents,
    documents: extents.filter(([n]) => n !== null),
    partly: missing,
    foundNothing: LISTS.slice(1).map((list) => [list]),
    figuresDiffer: LISTS.slice(2).map((list) => [list]),
    inSeconds: NUMBERS.map((n) => ['Again', n]),
    otherLanguages: NUMBERS.map((n) => [n, ['de', 'ar', 'zh-Hant', 'und']]),
    ...Object.fromEntries(NAMED.map((name) => [name, TEXTS.map((text) => [text])])),
    ...Object.fromEntries(MADE_OF_OURS.map((name) => [name, [['Penhale'], [isolated('حداد')]]])),
    sharedIgnored: [[['after']], [['after', 'before']]],
    mark: TEXTS.map((text) => [text, '2025', text]),
    tally: TEXTS.flatMap((text) => NUMBERS.map((n) => [text, n])),
    date: DATES.slice(0, -1).map((date) => [date]),
  }
  return special[key] ?? (arity === 1 ? numbers : NUMBERS.flatMap((n) => NUMBERS.map((of) => [n, of])))
}

describe.each(Object.entries(LANGUAGES))('the words in %s', (locale, words) => {
  const all = [...made(words)]

  it('are all there, whatever the number', () => {
    expect(all.length).toBeGreaterThan(200)
    expect(all.filter(([, text]) => typeof text !== 'string' || text.trim() === '' || /undefined|NaN|null|\[object/.test(text))).toEqual([])
  })

  it('leave nothing open that would turn the text after them', () => {
    expect(all.filter(([, text]) => !isBalanced(text))).toEqual([])
  })

  it('are plain', () => {
    expect(all.filter(([, text]) => /[!¡]|\bAI\b|\bKI\b|ذكاء/.test(text))).toEqual([])
  })

  it('have the keys of English', () => {
    expect(Object.keys(words)).toEqual(Object.keys(LANGUAGES['en-GB']))
    expect(words.locale).toBe(locale)
  })
})

describe('words that count', () => {
  it('agree with their number in Arabic', () => {
    const words = LANGUAGES['ar-EG']
    expect([1, 2, 3, 11, 100].map((n) => words.found(n, n))).toEqual([
      'مقطع واحد من مصدر واحد',
      'مقطعان من مصدرين',
      '٣ مقاطع من ٣ مصادر',
      '١١ مقطعًا من ١١ مصدرًا',
      '١٠٠ مقطع من ١٠٠ مصدر',
    ])
  })

  it('agree with their number in English and German', () => {
    expect(LANGUAGES['en-GB'].found(1, 1)).toBe('1 passage from 1 source')
    expect(LANGUAGES['de-DE'].found(1, 2)).toBe('1 Stelle aus 2 Quellen')
    expect(LANGUAGES['de-DE'].documents(1_000_000, true)).toBe('1.000.000 Dokumente')
  })
})

describe('a date', () => {
  it.each([
    ['2025-08-05', '5 August 2025', '5. August 2025', '٥ أغسطس ٢٠٢٥'],
    ['2025-08', 'August 2025', 'August 2025', 'أغسطس ٢٠٢٥'],
    ['2025', '2025', '2025', '٢٠٢٥'],
  ])('%s is read as it is written where the reader is', (date, ...read) => {
    expect([LANGUAGES['en-GB'], LANGUAGES['de-DE'], LANGUAGES['ar-EG']].map((words) => words.date(date))).toEqual(read)
  })

  it('keeps the calendar of its source where another one is in use', () => {
    expect(ar('ar-SA').date('2025-08-05')).toMatch(/2025|٢٠٢٥/)
  })

  it('of the first century is not one of the last', () => {
    expect(LANGUAGES['en-GB'].date('0050-01-01')).toBe('1 January 50')
  })

  it.each(['2025-02-31', '2025-13-01', 'in spring', '5 August', ''])('that there is none of (%s) is shown as it came', (date) => {
    expect(LANGUAGES['en-GB'].date(date)).toBe(date)
  })
})

describe('the language', () => {
  it.each([
    [['de-AT', 'en'], 'de-AT'],
    [['zh-CN', 'ar', 'de'], 'ar'],
    [['DE'], 'DE'],
    [['zh-CN'], 'en-GB'],
    [[], 'en-GB'],
    [['en-US@posix', 'de'], 'de'],
    [['', '-', 'en_US', 'x', 'C', '*', 'en-', 'de--AT', '\u0000', 'constructor', '__proto__', 'a'.repeat(10_000)], 'en-GB'],
  ])('of the first wanted tag that there is: %j', (wanted, locale) => {
    expect(wordsIn(wanted).locale).toBe(locale)
  })
})

describe('a text put into a sentence', () => {
  it.each(TEXTS)('%j keeps its isolates to itself, and its words', (text) => {
    expect(isBalanced(`before ${isolated(text)} after`)).toBe(true)
    expect(isBalanced(balanced(text))).toBe(true)
    expect(balanced(text).replace(/[\u2066-\u2069]/g, '')).toBe(text.replace(/[\u2066-\u2069]/g, '').replace('\u2029', ' '))
  })

  it('without any is left as it is', () => {
    expect(balanced('Nerys Tolgarth, حداد')).toBe('Nerys Tolgarth, حداد')
  })
})

/** Whether every isolate is closed by its own end, within one paragraph, and no embedding or override stands outside of one. */
function isBalanced(text: string): boolean {
  let open = 0
  for (const sign of text) {
    if (/[\u2066-\u2068]/.test(sign)) open++
    if (sign === '\u2069' && --open < 0) return false
    if (sign === '\u2029' && open > 0) return false
  }
  return open === 0
}
