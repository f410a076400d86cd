import { expect, it } from 'vitest'
import { load } from '../load.ts'

const SENTENCE = 'The bar at the harbour mouth was dredged in May at a cost of five million pounds, which the county paid in part. '
const PARAGRAPH = `<p>${SENTENCE.repeat(3)}</p>`
const read = (body: string, head = '') => load('.html', `<!doctype html><html><head><title>T</title>${head}</head><body>${body}</body></html>`)
const textOf = async (body: string) => (await read(body)).text
const links = (...texts: string[]) => `<ul>${texts.map((text) => `<li><a href="/">${text}</a></li>`).join('')}</ul>`

it.each([
  ['a banner about cookies', '<div class="cookie-banner"><p>We use cookies.</p></div>'],
  ['buttons to share it', `<div class="social-share">${links('Facebook')}</div>`],
  ['related links', `<section class="related-posts"><h3><a href="/">Out</a></h3><p>Teaser.</p></section>`],
  ['comments and their form', '<div class="comments-area"><p>First!</p><form><p>Name</p></form></div>'],
  ['a sidebar', '<div class="sidebar"><p>Low water at noon.</p></div>'],
  ['a request to subscribe', '<div class="newsletter"><p>Get it on Fridays.</p><form><input></form></div>'],
  ['words for screen readers alone', '<span class="visually-hidden">Share this</span>'],
  ['what has the role of a dialog', '<div role="dialog"><p>Accept?</p></div>'],
  ['advertisements', '<div class="ad-slot"><p>Buy gulls.</p></div>'],
])('leaves out %s, in a main and where there is none', async (_, furniture) => {
  const kept = SENTENCE.repeat(3).trim()
  expect(await textOf(`<main>${PARAGRAPH}${furniture}</main>`)).toBe(kept)
  expect(await textOf(`<div class="x">${PARAGRAPH}${furniture}</div>`)).toBe(kept)
})

it.each([
  ['a body called after its sidebar', `<div class="sidebar-right"><h1>H</h1>${PARAGRAPH}</div>`, `H\n\n${SENTENCE.repeat(3).trim()}`],
  ['a section about cookies', `<main><section id="cookies"><h2>Cookies</h2><p>They crumble.</p></section></main>`, 'Cookies\n\nThey crumble.'],
  ['a table of related parties', '<main><table class="related-parties"><tr><td>Ostling</td><td>£5</td></tr></table></main>', 'Ostling | £5'],
  ['an entry filed under what is furniture elsewhere', `<main><div class="post tag-sidebar category-related"><p>Kept.</p></div></main>`, 'Kept.'],
  [
    'sections about sharing, social care and feedback',
    `<main><h2 id="share">Share</h2><section id="social">${PARAGRAPH}</section><div class="feedback"><p>Ninety wrote.</p></div></main>`,
    `Share\n\n${SENTENCE.repeat(3).trim()}\n\nNinety wrote.`,
  ],
  ['the outer of two articles', `<p>menu</p><article><p>One.</p><article><p>Two.</p></article></article>`, 'One.\n\nTwo.'],
  ['a page that is a list of links', links('Minutes of March', 'Minutes of April'), 'Minutes of March\nMinutes of April'],
  ['what stands above a longer footer of the page', `<p>Kept.</p><footer>${PARAGRAPH}</footer>`, 'Kept.'],
])('keeps %s', async (_, body, expected) => {
  expect(await textOf(body)).toBe(expected)
})

it('leaves out the head and foot of each sheet in a page that a word processor saved', async () => {
  const [head, foot] = ['header', 'footer'].map((title) => `<div title="${title}"><p>Sheet 2 of 3</p></div>`)
  expect(await textOf(`${head}${PARAGRAPH}<p title="header">Kept.</p>${foot}`)).toBe(`${SENTENCE.repeat(3).trim()}\n\nKept.`)
})

it('keeps a pulled quote only when its words stand nowhere else', async () => {
  const page = (quote: string) =>
    `<main><p>“I have less under my keel,” she said.</p><aside class="pull-quote"><p>“${quote}”</p><cite>Tolgarth</cite></aside></main>`
  expect(await textOf(page('I have less under my keel'))).toBe('“I have less under my keel,” she said.')
  expect(await textOf(page('Nobody asked the terns'))).toBe('“I have less under my keel,” she said.\n\n“Nobody asked the terns”\n\nTolgarth')
})

it('reads the heading above the text, and nothing of what stands before it or between the two', async () => {
  const body = `<div><div>${links('Front page', 'Tides')}</div><h1>The deep cut</h1><div>${links('Copy', 'Print')}</div><div>${PARAGRAPH}</div></div><div>${links('Out', 'Back')}</div>`
  expect(await textOf(body)).toBe(`The deep cut\n\n${SENTENCE.repeat(3).trim()}`)
})

it('reads all posts of a thread, short ones as well', async () => {
  const post = (text: string) => `<div class="post"><p>${text}</p></div>`
  expect(await textOf(`<div>${post(SENTENCE.repeat(5))}${post('Thank you.')}${post(SENTENCE)}</div>`)).toBe(
    [SENTENCE.repeat(5), 'Thank you.', SENTENCE].map((text) => text.trim()).join('\n\n'),
  )
})

it('reads a page of more elements than are weighed, whole', async () => {
  expect((await textOf('<p>a<b>b</b></p>'.repeat(12_000))).length).toBe(12_000 * 4 - 2)
})

it('reads XHTML, whose empty elements would not end in HTML', async () => {
  expect((await load('.xhtml', '<?xml version="1.0"?><html><head><title/></head><body><p>The <i class="a>b"/>bar.</p></body></html>')).text).toBe('The bar.')
})

it('takes facts from JSON-LD, after what the page says in its meta elements', async () => {
  const article = {
    '@type': ['NewsArticle'],
    headline: 'The deep cut',
    author: [{ name: 'Fenella Brock' }, 'Ives Tarn'],
    datePublished: '2025-03-11T18:30:00Z',
    publisher: { name: 'The Almanac' },
    url: 'https://example.org/cut',
  }
  const jsonLd = (data: unknown) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`
  const facts = { title: 'The deep cut', author: 'Fenella Brock, Ives Tarn', published: '2025-03-11', outlet: 'The Almanac', url: 'https://example.org/cut' }
  const graph = { '@graph': [{ '@type': 'WebPage', url: 'https://example.org/' }, article] }
  expect((await read('<p>x</p>', jsonLd(graph))).facts).toEqual(facts)
  expect((await read('<p>x</p>', `<meta name="author" content="A. B.">${jsonLd(article)}`)).facts).toEqual({ ...facts, author: 'A. B.' })
  expect((await read('<p>x</p>', '<script type="application/ld+json">{"@type": "NewsArticle", </script>')).facts).toEqual({ title: 'T' })
})

it('takes an author and a day from the markup of the article, and no address for a name', async () => {
  const body =
    '<time datetime="2020-01-01">Today</time><article><p>By <a rel="author" href="/fb">Fenella Brock</a></p><time datetime="2025-03-11">March</time></article>'
  const { facts } = await read(body, '<meta property="article:author" content="https://social.example/fb">')
  expect(facts).toEqual({ title: 'T', author: 'Fenella Brock', published: '2025-03-11' })
})
