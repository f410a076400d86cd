import { micromark } from 'micromark'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import { describe, expect, it } from 'vitest'
import { Server } from '../../client/api.ts'
import { conversationMarkdown } from '../../client/page/markdown.ts'
import { en } from '../../client/words/en.ts'
import { wordsIn } from '../../client/words/languages.ts'
import { answered, citing } from '../turns.ts'

const around = {
  words: en('en-GB'),
  server: Object.assign(new Server('http://localhost:3000/'), { sourceUrl: (id: string) => `http://localhost:3000/source/${id}` }),
  extent: { documents: 14, complete: true },
  titleOf: () => null,
  day: '2026-03-01',
}
const markdown = (...turns: Parameters<typeof conversationMarkdown>[0]) => conversationMarkdown(turns, around)
const html = (text: string) => micromark(text, { allowDangerousHtml: true, extensions: [gfmTable()], htmlExtensions: [gfmTableHtml()] })
/** The text that a reader of the Markdown sees. */
const shown = (text: string) =>
  html(text)
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')

it('has each question, its filters and status, the quotes with attribution and link', () => {
  const statement = {
    start: 10,
    end: 29,
    mention: null,
    speaker: 'Hesper Dunnock',
    role: 'chair',
    speech: 'direct' as const,
    cue: null,
    saidOn: '2025-05-08',
    saidOnText: null,
  }
  const citation = citing('There are 31 boats.', {}, { statements: [statement] })
  expect(markdown(answered(1, { filters: { after: '2025', before: '2026' } }, '', { citations: [citation] })).replace(/[\u2068\u2069]/g, '')).toBe(
    `# On Record, 1 March 2026

## How many boats?

Asked with filters: From 2025 · Until 2025

**1 passage from 1 source**

> There are 31 boats.

— Hesper Dunnock, chair, said 8 May 2025, own words. The Lantern. A meeting. 9 May 2025. line 3 ([Open in source](<http://localhost:3000/source/abc?start=10&end=20>))
`,
  )
})

it.each<[Parameters<typeof citing>[2], RegExp]>([
  [{ page: 12 }, /9 May 2025\. p\. 12 \(/],
  [{ time: 3723.4 }, /9 May 2025\. at 1:02:03 \(/],
  [{ time: 59, page: 1 }, /9 May 2025\. at 0:59 \(/],
])('has the page or the time of a quote: %j', (place, expected) => {
  expect(shown(markdown(answered(1, {}, '', { citations: [citing('Words.', {}, place)] })))).toMatch(expected)
})

it.each([
  ['de', 'S. 12', 'bei 3:05'],
  ['ar', 'ص 12', 'عند 3:05'],
])('has page and time in the words of %s', (language, page, time) => {
  const [onPage, atTime] = [citing('Words.', {}, { page: 12 }), citing('Words.', {}, { time: 185 })]
  const text = conversationMarkdown([answered(1, {}, '', { citations: [onPage, atTime] })], { ...around, words: wordsIn([language]) })
  expect(shown(text)).toContain(page)
  expect(shown(text)).toContain(time)
})

it('names the words that nothing matched, and what the nearest passages are', () => {
  const text = shown(markdown(answered(1, {}, 'Words.', { status: 'not-on-record', missing: ['vitamin'] })))
  expect(text).toMatch(
    /Not on record: the 14 documents here don’t say\.[\s\S]*Nothing was found for “\u2068vitamin\u2069”\.[\s\S]*The nearest passage[\s\S]*Words\./,
  )
})

it('sets sides that differ under their names', () => {
  const sides = [
    { label: 'Deep Water', value: '19 boats', citations: [0] },
    { label: 'Society', value: '31 boats', citations: [1] },
  ]
  const text = shown(
    markdown(answered(1, {}, '', { citations: [citing('We count 19 boats.'), citing('We count 31 boats.')], disagreements: [{ about: 'boats', sides }] })),
  )
  expect(text).toMatch(/Figures differ: .*19 boats.* and .*31 boats[\s\S]*Deep Water: 19 boats[\s\S]*Society: 31 boats\s+We count 31/)
})

it('says why there is no answer', () => {
  const turn = { ...answered(1), state: 'failed' as const, answer: null, citations: [], failure: { kind: 'offline' as const } }
  expect(shown(markdown(turn))).toContain('No answer from the server.')
})

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1)) ![x](http://evil.example/a.png)',
  '<http://evil.example> https://evil.example www.evil.example a@evil.example',
  '# heading\n## another\nsetext\n===\nsetext\n---',
  '- item\n+ item\n* item\n1. one\n2) two',
  '> quoted\n>> twice',
  '```js\ncode\n```\n~~~\n    indented\n\ttab',
  '**bold** __bold__ *em* _em_ ~~no~~ `code` ``x``',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '[ref]: http://evil.example "x"\n[ref]',
  '&lt;b&gt; &#60;script&#62; &amp;',
  'back\\slash \\* \\\nnext',
  '***\n___\n- - -',
  '$x$ $$y$$ <!-- comment --> <?php ?> <![CDATA[x]]>',
  'ends with a hash #',
]

describe('hostile words stay words', () => {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim()

  it.each(HOSTILE)('in a quote: %j', (words) => {
    const text = markdown(answered(1, {}, words))
    const quote = /<blockquote>([\s\S]*?)<\/blockquote>/.exec(html(text))?.[1] ?? ''
    expect(quote.replace(/<\/?p>|<br \/>/g, '')).not.toMatch(/<\/?\w/)
    expect(plain(shown(text))).toContain(plain(words))
  })

  it.each(HOSTILE)('in a question, a title, an outlet and a name: %j', (words) => {
    const statement = { start: 0, end: 1, mention: null, speaker: words, role: words, speech: 'direct' as const, cue: null, saidOn: null, saidOnText: null }
    const text = markdown(
      answered(1, { question: words, filters: { speaker: words } }, '', {
        status: 'partial',
        missing: [words],
        citations: [citing('Words.', { title: words, outlet: words }, { statements: [statement], link: 'javascript:alert(1)' })],
        disagreements: [{ about: words, sides: [{ label: words, value: words, citations: [0] }] }],
      }),
    )
    const tags = new Set(html(text).match(/<\w+/g))
    expect([...tags].sort()).toEqual(['<a', '<blockquote', '<h1', '<h2', '<h3', '<p', '<strong'])
    expect(html(text).match(/<a href="[^"]*"/g)).toEqual(['<a href="http://localhost:3000/source/abc"'])
    expect(plain(shown(text)).split(plain(words)).length).toBeGreaterThan(6)
  })
})

it('has what a language model wrote, with the numbers of its quotes, as text and marked as such', () => {
  const text = markdown(answered(1, {}, 'There are 31 boats.', { prose: { sentences: [{ text: 'There are *31* boats.', citations: [0] }] } }))
  expect(shown(text)).toContain('There are *31* boats. (1)')
  expect(shown(text)).toContain(around.words.proseNote)
  expect(text.indexOf('31')).toBeLessThan(text.indexOf('> There'))
})
