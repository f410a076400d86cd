import { describe, expect, it } from 'vitest'
import { dateInName, datelineOf, factsFromText, factsOf, isFurniture, isWebAddress, joinFacts } from '../../index/facts.ts'

describe('the headers of press copy', () => {
  it('name outlet and day in a source line', () => {
    const text = 'Chinese embassy replies\n\nSource: Xinhua| 2021-07-20 19:39:21|Editor: huaxia\n\nLONDON, July 20 (Xinhua) -- The embassy said so.\n'
    expect(factsFromText(text)).toEqual({ title: 'Chinese embassy replies', outlet: 'Xinhua', published: '2021-07-20' })
  })

  it('name day and title in a date line', () => {
    expect(factsFromText(' date 2021-11-27 Embassy refutes report\n\nText follows here.')).toEqual({ title: 'Embassy refutes report', published: '2021-11-27' })
  })

  it('name outlet and day before the time', () => {
    expect(factsFromText('A title\n(Xinhua) 11:09, November 27, 2021\n\nText.')).toEqual({ title: 'A title', outlet: 'Xinhua', published: '2021-11-27' })
    expect(factsFromText('A title\nXinhua) 11:09, November 27, 2021\n\nText.')).toMatchObject({ outlet: 'Xinhua', published: '2021-11-27' })
  })

  it('name the outlet in a dateline without a year, which dates nothing', () => {
    expect(factsFromText('LONDON, Nov. 26 (Xinhua) -- The embassy said so on Friday.')).toEqual({ outlet: 'Xinhua' })
  })

  it.each([
    ['Published: 5 May 2025', '2025-05-05'],
    ['Issued on: May 9, 2025', '2025-05-09'],
    ['DATE: 2025-05-02', '2025-05-02'],
  ])('name the day by a label: %s', (line, published) => {
    expect(factsFromText(`A title\n${line}\n\nText.`)).toMatchObject({ published })
  })

  it('name the author', () => {
    expect(factsFromText('A title\nBy Moira Ottaway\n\nText.')).toMatchObject({ author: 'Moira Ottaway' })
  })

  it('are looked for at the beginning only', () => {
    expect(factsFromText(`A title\n\n${'Some words. '.repeat(200)}\nSource: Xinhua| 2021-07-20 19:39:21|`)).toEqual({ title: 'A title' })
  })
})

describe('a dateline', () => {
  it.each([
    ['LONDON, Nov. 26 (Xinhua) -- The', { place: 'LONDON', day: 'Nov. 26', outlet: 'Xinhua', date: null }],
    ['HALDERSEA, June 12, 2025 (Lantern) — The', { place: 'HALDERSEA', day: 'June 12', outlet: 'Lantern', date: '2025-06-12' }],
    ['ST. JOHNS, 3 March -- The', { place: 'ST. JOHNS', day: '3 March', outlet: null, date: null }],
    ['Title\n\nBEIJING, China, Jan. 5 – The', { place: 'BEIJING, China', day: 'Jan. 5', outlet: null, date: null }],
  ])('is read from %j', (text, expected) => {
    expect(datelineOf(text)).toEqual(expected)
  })

  it.each(['London, Nov. 26. The', 'THE END', 'NATO -- an alliance', 'it happened on Nov. 26 -- a Friday'])('is not read from %j', (text) => {
    expect(datelineOf(text)).toBeNull()
  })
})

describe('the title', () => {
  it.each([
    ['FOR IMMEDIATE RELEASE\nDate: 2 May 2025\nHarbour plan\n\nText.', 'Harbour plan'],
    ['\r\n  Harbour plan  \r\n\r\nText.', 'Harbour plan'],
    [`${'A first line that is far too long to be the title of anything. '.repeat(4)}\n`, undefined],
  ])('of %j', (text, title) => {
    expect(factsFromText(text).title).toBe(title)
  })
})

describe('facts of a mapping', () => {
  it('go by several names, in any case', () => {
    const data = { Headline: 'T', PUBLISHER: 'O', byline: ['A', 'B'], pubDate: '2021-07-20', Link: 'https://example.org/a' }
    expect(factsOf(data)).toEqual({ title: 'T', outlet: 'O', author: 'A, B', published: '2021-07-20', url: 'https://example.org/a' })
  })

  it('that are not of the right form are left out', () => {
    expect(factsOf({ title: {}, outlet: '', author: [1, {}], date: 'soon', url: '/a' })).toEqual({})
    expect(factsOf({ title: 'x'.repeat(501) })).toEqual({})
  })

  it.each([
    ['en-GB', 'en'],
    ['zh_Hant', 'zh'],
    ['deu', 'de'],
    ['English', undefined],
    ['mul', undefined],
    ['', undefined],
    [7, undefined],
  ])('have of the language %j the first part, where it is known: %s', (lang, language) => {
    expect(factsOf({ lang }).language).toBe(language)
  })

  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://example.org/',
    'example.org',
    '//example.org/a',
    '',
  ])('never have the address %j', (url) => {
    expect(factsOf({ url })).toEqual({})
    expect(isWebAddress(url)).toBe(false)
  })
})

describe('what several places say', () => {
  const layers = {
    sidecar: { published: '2021-01-01', title: 'sidecar', outlet: 'sidecar', author: 'sidecar', url: 'https://example.org/sidecar' },
    metadata: { published: '2022-02-02', title: 'metadata', outlet: 'metadata', author: 'metadata', url: 'https://example.org/metadata' },
    text: 'Headline\nBy Moira Ottaway\nSource: Xinhua| 2023-03-03 19:39:21|\n',
    path: 'docs/2024-04-04-name.txt',
    modified: new Date('2025-05-05T12:00:00Z'),
  }
  const text = { title: 'Headline', outlet: 'Xinhua', author: 'Moira Ottaway', url: null }
  it.each([
    ['sources.yaml goes before all', layers, { ...layers.sidecar, publishedFrom: 'sidecar' }],
    ['then metadata', { ...layers, sidecar: {} }, { ...layers.metadata, publishedFrom: 'metadata' }],
    ['then the text', { ...layers, sidecar: {}, metadata: {} }, { ...text, published: '2023-03-03', publishedFrom: 'text' }],
    [
      'then the name of the file',
      { ...layers, sidecar: {}, metadata: {}, text: '' },
      { title: '2024-04-04-name', outlet: null, author: null, url: null, published: '2024-04-04', publishedFrom: 'metadata' },
    ],
    [
      'then its time',
      { ...layers, sidecar: {}, metadata: {}, text: '', path: 'docs/name.txt' },
      { title: 'name', outlet: null, author: null, url: null, published: '2025-05-05', publishedFrom: 'file' },
    ],
  ])('%s', (_, given, expected) => {
    expect(joinFacts(given)).toEqual(expected)
  })

  it('is joined fact by fact', () => {
    expect(joinFacts({ ...layers, sidecar: { outlet: 'sidecar' } })).toMatchObject({ outlet: 'sidecar', title: 'metadata', publishedFrom: 'metadata' })
  })
})

it.each([
  ['2024-05-09-minutes.md', '2024-05-09'],
  ['docs/2023-01-01/2024-05-09.txt', '2024-05-09'],
  ['2023-01-01/notes.txt', null],
  ['12024-05-091.txt', null],
  ['2024-13-40.txt', null],
])('the name %s tells the day %s', (path, expected) => {
  expect(dateInName(path)).toBe(expected)
})

it('tells furniture from what is said', () => {
  expect(['Source: Xinhua| 2021-07-20 19:39:21|Editor: huaxia', 'Contact: the press office', '(Reporting by A. B.)'].filter(isFurniture)).toHaveLength(3)
  expect(['The source of the river is near.', 'Date palms grow here. They are old.', ''].filter(isFurniture)).toEqual([])
})

// The pattern allows no full stop after the label, and every address has one.
it('takes a line with an address of e-mail for furniture', () => {
  expect(isFurniture('Email: press@example.org')).toBe(true)
})
