import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5'
import { describe, expect, it } from 'vitest'
import { CITATION_FORMS, type CitationForm } from '../../client/ui/citation-forms.ts'
import { en } from '../../client/words/en.ts'
import type { Citation, Source, Statement } from '../../server/contract.ts'

const SOURCE: Source = {
  id: 'abc',
  path: 'a.md',
  title: 'Minutes of the meeting',
  outlet: 'The Lantern',
  author: 'Ann Author',
  published: '2025-05-09',
  publishedFrom: 'text',
  url: 'https://example.org/minutes',
  mediaType: 'text/html',
  sha256: '0'.repeat(64),
}
const STATEMENT: Statement = {
  start: 0,
  end: 5,
  mention: null,
  speaker: 'Hesper Dunnock',
  role: 'chair',
  speech: 'direct',
  cue: null,
  saidOn: '2025-05-08',
  saidOnText: null,
}
const LINK = 'http://localhost:3000/source/abc?start=0&end=5'

function citation(quote: string, source: Partial<Source> = {}, more: Partial<Citation> = {}): Citation {
  const span = { start: 0, end: quote.length }
  const passage = { text: quote, ...span }
  return {
    quote,
    ...span,
    passage,
    source: { ...SOURCE, ...source },
    statements: [STATEMENT],
    alsoIn: [],
    page: null,
    line: 1,
    time: null,
    link: LINK,
    score: 1,
    ...more,
  }
}

const as = (form: CitationForm, cited: Citation) => CITATION_FORMS[form]({ citation: cited, link: LINK, words: en('en-GB'), on: new Date(2026, 0, 2) })

const HOSTILE = [
  '# not a heading',
  '- not a list\n+ nor this\n1. nor that\n2) or this',
  '    not code\n\tnor this',
  '```\nnot fenced\n~~~',
  '> not nested\n>> nor this',
  '*a* _b_ **c** `d` ~~e~~ $f$ [g](javascript:alert(1)) ![h](i) <b>j</b> <!-- k --> &amp; &#60; &copy',
  'a\n===\nb\n---\n***\n___',
  '| a | b |\n|---|---|\n| c | d |',
  '[x]: https://evil.example\n[^1]: note',
  '<script>alert(1)</script>\n</blockquote>"\'',
  'ends in a backslash\\\nand goes on\\',
  '“She said: «it»”',
  'one\n\n\n  two  \r\nthree\rfour',
  '<https://evil.example> https://evil.example',
]

interface Element {
  tag: string
  text: string
}

/** The elements of a fragment in order, with their text; <br> as a line break. */
function elements(html: string): Element[] {
  const all: Element[] = []
  const walk = (node: DefaultTreeAdapterMap['node']): string => {
    if (node.nodeName === '#text') return (node as DefaultTreeAdapterMap['textNode']).value
    if (node.nodeName === '#comment') throw new Error('a comment')
    const element: Element = { tag: node.nodeName, text: '' }
    all.push(element)
    if (node.nodeName === 'br') return '\n'
    element.text = (node as DefaultTreeAdapterMap['element']).childNodes.map(walk).join('')
    return element.text
  }
  walk(parseFragment(html))
  return all.slice(1)
}

const squeezed = (text: string) => text.replace(/[ \t\r\n]+/g, ' ').trim()
const paragraphs = (all: Element[]) => all.filter(({ tag }) => tag === 'p').map(({ text }) => text.replace(/\n\s+/g, '\n'))

function expectOnlyQuote(quote: string) {
  const markdown = elements(micromark(as('markdown', citation(quote)), { extensions: [gfmTable()], htmlExtensions: [gfmTableHtml()] }))
  expect(squeezed(paragraphs(markdown).slice(0, -1).join('\n'))).toBe(squeezed(quote))
  expect(markdown.map(({ tag }) => tag).filter((tag) => !['blockquote', 'p', 'br'].includes(tag))).toEqual(['em', 'a'])
  const html = elements(as('html', citation(quote)))
  expect(squeezed(paragraphs(html).join('\n'))).toBe(squeezed(quote))
  expect(html.map(({ tag }) => tag).filter((tag) => !['p', 'br'].includes(tag))).toEqual(['blockquote', 'footer', 'cite', 'a'])
}

describe('a citation as it is copied', () => {
  it('is the quote, who said it, where it stands, and a link', () => {
    const cited = citation('We will\nnot move.')
    expect(as('plain', cited)).toBe(`“We will\nnot move.”\n— Hesper Dunnock, chair, said 8 May 2025. Minutes of the meeting. The Lantern. 9 May 2025.\n${LINK}`)
    expect(as('markdown', cited)).toBe(
      `> We will\\\n> not move.\n>\n> — Hesper Dunnock, chair, said 8 May 2025. *Minutes of the meeting*. The Lantern. 9 May 2025.\\\n> <${LINK}>`,
    )
    expect(as('html', cited)).toBe(
      `${[
        '<blockquote cite="https://example.org/minutes">',
        '  <p dir="auto">We will<br>',
        '  not move.</p>',
        '  <footer>— Hesper Dunnock, chair, said 8 May 2025. ',
      ].join('\n')}<cite><a href="${LINK.replace('&', '&amp;')}">Minutes of the meeting</a></cite>. The Lantern. 9 May 2025.</footer>\n</blockquote>`,
    )
  })

  it('names the page, or the time in a recording', () => {
    const plain = (place: Partial<Citation>) => as('plain', citation('No.', {}, { statements: [], ...place })).split('\n')[1]
    expect(plain({ page: 12 })).toBe('— The Lantern. Minutes of the meeting. Ann Author. 9 May 2025. p. 12.')
    expect(plain({ time: 185.2 })).toBe('— The Lantern. Minutes of the meeting. Ann Author. 9 May 2025. at 3:05.')
    expect(as('markdown', citation('No.', {}, { page: 12 }))).toContain('9 May 2025. p. 12.')
    expect(as('html', citation('No.', {}, { time: 0 }))).toContain('9 May 2025. at 0:00.')
  })

  it('keeps a mark of the quote’s own, and ends no sentence twice', () => {
    const cited = citation('“No.”', { title: 'Will it move?', published: null }, { statements: [] })
    expect(as('plain', cited)).toBe(`“No.”\n— The Lantern. Will it move? Ann Author.\n${LINK}`)
  })

  it.each(HOSTILE)('holds these words and nothing that they mean as markup: %j', (quote) => expectOnlyQuote(quote))

  it('holds any words', () => {
    const sign = fc.constantFrom(...'\\`*_{}[]<>()#+-.!|~&;="\'$^:/1a \n\t')
    fc.assert(
      fc.property(fc.string({ unit: sign, minLength: 1, maxLength: 40 }), (quote) => {
        if (quote.trim() !== '') expectOnlyQuote(quote)
      }),
      { numRuns: 1000 },
    )
  })

  it('takes no markup from names and titles', () => {
    const title = '</cite><img src=x> *a*\n# b [c](d)'
    const cited = citation('x', { title, outlet: '<i>O</i>', url: 'javascript:alert(1)' }, { statements: [{ ...STATEMENT, speaker: '_N_ "<b>' }] })
    const html = elements(as('html', cited))
    expect(html.map(({ tag }) => tag)).toEqual(['blockquote', 'p', 'footer', 'cite', 'a'])
    expect(html.at(-1)?.text).toBe(squeezed(title))
    expect(as('html', cited)).toContain(`<blockquote cite="${LINK.replace('&', '&amp;')}">`)
    const markdown = elements(micromark(as('markdown', cited)))
    expect(markdown.find(({ tag }) => tag === 'em')?.text).toBe(squeezed(title))
    expect(markdown.map(({ tag }) => tag)).toEqual(['blockquote', 'p', 'p', 'em', 'br', 'a'])
  })

  it('closes the direction that a quote or a name leaves open', () => {
    const cited = citation('a \u202eb\u2066c\nd \u2069e', {}, { statements: [{ ...STATEMENT, speaker: 'N\u202e', role: null }] })
    const [first, second, credit] = as('plain', cited).split('\n')
    expect(first).toBe('“a \u202eb\u2066c\u2069\u202c')
    expect(second).toBe('d \u2069e”')
    expect(credit).toMatch(/^— N\u202e\u202c, said 8 May 2025\. Minutes/)
    // What is closed already stays as it is.
    expect(as('plain', citation('\u2067a\u202eb\u2069c \u202ad\u202c'))).toContain('“\u2067a\u202eb\u2069c \u202ad\u202c”')
  })
})

describe('CSL-JSON', () => {
  const item = (source: Partial<Source> = {}, more: Partial<Citation> = {}) => {
    const all = JSON.parse(as('csl', citation('Not\n“moved”.', source, more))) as Record<string, unknown>[]
    expect(all.length).toBe(1)
    return all[0] as Record<string, unknown>
  }

  it('is an item with what is known', () => {
    expect(item({}, { page: 4 })).toEqual({
      id: 'abc-0-12',
      type: 'article-newspaper',
      title: 'Minutes of the meeting',
      author: [{ literal: 'Ann Author' }],
      'container-title': 'The Lantern',
      issued: { 'date-parts': [[2025, 5, 9]] },
      page: '4',
      locator: '4',
      URL: 'https://example.org/minutes',
      accessed: { 'date-parts': [[2026, 1, 2]] },
      note: '“Not “moved”.” — Hesper Dunnock, chair, said 8 May 2025. Minutes of the meeting. The Lantern. 9 May 2025. p. 4.',
    })
  })

  it('says no more of a date than is known', () => {
    expect(item({ published: '2025-05' }).issued).toEqual({ 'date-parts': [[2025, 5]] })
    expect(item({ published: '2025' }).issued).toEqual({ 'date-parts': [[2025]] })
    expect(item({ published: '2025', publishedFrom: 'file' }).issued).toEqual({ 'date-parts': [[2025]], circa: true })
    expect(item({ published: null })).not.toHaveProperty('issued')
  })

  it('takes its type from what is known, and its address from the web or from here', () => {
    expect(item({ outlet: null })).toMatchObject({ type: 'webpage', URL: SOURCE.url })
    expect(item({ outlet: null, author: null, url: 'javascript:alert(1)' })).toMatchObject({ type: 'document', URL: LINK })
    expect(item({ outlet: null, author: null })).not.toHaveProperty('author')
  })
})
