import { describe, expect, it } from 'vitest'
import { statementsOf } from '../../index/statements/extract.ts'
import type { DateOrigin } from '../../index/types.ts'

/** The day of each statement, and the words it comes from. */
function days(text: string, published: string | null = null, publishedFrom: DateOrigin | null = published ? 'metadata' : null) {
  return statementsOf(text, { title: 'A report', published, publishedFrom }).map((s) => [s.saidOn, s.saidOnText])
}

function weekday(day: string) {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })
}

// 14 March 2024 was a Thursday.
const THURSDAY = '2024-03-14'

describe('against the publication', () => {
  it.each([
    ['on Thursday', 'on Thursday', '2024-03-14'],
    ['on Wednesday', 'on Wednesday', '2024-03-13'],
    ['on Friday', 'on Friday', '2024-03-08'],
    ['last Monday', 'last Monday', '2024-03-11'],
    ['Sunday night', 'Sunday night', '2024-03-10'],
    ['yesterday', 'yesterday', '2024-03-13'],
    ['today', 'today', '2024-03-14'],
    ['last month', 'last month', '2024-02'],
    ['last year', 'last year', '2023'],
    ['on 2 March', '2 March', '2024-03-02'],
    ['on March 2', 'March 2', '2024-03-02'],
    ['on Sept 11', 'Sept 11', '2023-09-11'],
    ['on Sept 11, 2021', 'Sept 11, 2021', '2021-09-11'],
  ])('reads "%s"', (when, words, day) => {
    expect(days(`Odile Marchetti said ${when} that the ferry was old.`, THURSDAY)).toEqual([[day, words]])
    const named = /(\p{Lu}\p{L}+day)/u.exec(when)?.[1]
    if (named) expect(weekday(day)).toBe(named)
  })

  it('crosses the end of a year', () => {
    expect(days('Odile Marchetti said on Sunday that the ferry was old.', '2024-01-02')).toEqual([['2023-12-31', 'on Sunday']])
  })

  it('is the day itself when nothing tells another', () => {
    expect(days('Odile Marchetti said the ferry was old.', THURSDAY)).toEqual([[THURSDAY, THURSDAY]])
  })

  it('passes over a day that is part of what is said', () => {
    expect(days('Odile Marchetti said the ferry had sunk on Monday.', THURSDAY)).toEqual([[THURSDAY, THURSDAY]])
  })

  // It is given the day of the publication.
  it('knows no day of a vague week', () => {
    expect(days('Odile Marchetti said last week that the ferry was old.', THURSDAY)[0]?.[0]).not.toBe(THURSDAY)
  })
})

describe('against a dateline', () => {
  const line = 'SUND, March 14 (Harbour News) -- '
  it('resolves a weekday from its day, and not from the later publication', () => {
    expect(days(`${line}Odile Marchetti said on Wednesday that the ferry was old.`, '2024-03-16')).toEqual([['2024-03-13', 'on Wednesday']])
  })

  it('takes the year of the publication, or the one before', () => {
    expect(days('SUND, Dec. 30 (Harbour News) -- Odile Marchetti said the ferry was old.', '2024-01-02')).toEqual([['2023-12-30', 'Dec. 30']])
  })

  it('needs no publication when it has a year', () => {
    expect(days('SUND, March 14, 2024 -- Odile Marchetti said yesterday that the ferry was old.')).toEqual([['2024-03-13', 'yesterday']])
  })

  it('is no day without a year or a publication', () => {
    expect(days(`${line}Odile Marchetti said on Wednesday that the ferry was old.`)).toEqual([[null, null]])
  })
})

describe('the opening of a text', () => {
  const rest = '\n\n“It has to go,” she said.'
  it('decides for what follows it', () => {
    const text = `SUND, March 14 (Harbour News) -- Odile Marchetti said on Wednesday that the ferry was old.${rest}`
    expect(days(text, THURSDAY)).toEqual([
      ['2024-03-13', 'on Wednesday'],
      ['2024-03-13', 'on Wednesday'],
    ])
  })

  it('decides so when it tells when the two met', () => {
    expect(days(`We met Odile Marchetti on Tuesday at the pier.\n\nMarchetti said the ferry was old.`, THURSDAY)).toEqual([['2024-03-12', 'on Tuesday']])
  })

  it('gives way to a day beside the cue', () => {
    const text = 'SUND, March 14 (Harbour News) -- Odile Marchetti said on Wednesday that the ferry was old.\n\nBruno Castell said on Monday that it was new.'
    expect(days(text, THURSDAY).at(-1)).toEqual(['2024-03-11', 'on Monday'])
  })

  it('decides nothing with a day that stands in a quotation', () => {
    const text = 'SUND, March 14 (Harbour News) -- “The ferry sank on Monday,” Odile Marchetti said.'
    expect(days(text, THURSDAY)).toEqual([[THURSDAY, 'March 14']])
  })
})

it.each([
  ['there is no date at all', null, null],
  ['the date is the time of the file', THURSDAY, 'file'],
  ['only the month is known', '2024-03', 'metadata'],
] as const)('gives no day when %s', (_, published, from) => {
  const text = 'Odile Marchetti said on Monday that the ferry was old. Yesterday she said it was new.'
  expect(days(text, published, from)).toEqual([
    [null, null],
    [null, null],
  ])
})

it('reads a whole date even in a source without one', () => {
  expect(days('Odile Marchetti said on March 2, 2022 that the ferry was old.')).toEqual([['2022-03-02', 'March 2, 2022']])
})
