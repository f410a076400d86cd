import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SkipFile } from '../../index/errors.ts'
import type { Loader } from '../../index/loaders/loader.ts'
import { LOADERS, loaderFor } from '../../index/loaders/registry.ts'
import { termsOf } from '../../index/terms.ts'

/** Paragraphs, as a person would write them in each format. */
const PARAGRAPHS = [
  'The harbour was dredged in May 2025, at a cost of £5,200,000.',
  '“It is a hobby,” the harbour master said – twice.',
  'Naïve? 港口关闭了 & so on.',
]

const WRITTEN: Record<string, (paragraphs: string[]) => string> = {
  '.txt': (p) => p.join('\n\n'),
  '.md': (p) => p.map((text, i) => (i === 0 ? `**${text}**` : i === 1 ? `> *${text}*` : text)).join('\n\n'),
  '.html': (p) => `<!doctype html><title>x</title><main>${p.map((t) => `<p class="a"><em>${t.replace('&', '&amp;')}</em></p>\n`).join('')}</main>`,
}

function contract(loader: Loader): void {
  const extension = loader.extensions[0] as string
  const write = WRITTEN[extension] as (paragraphs: string[]) => string
  const load = (text: string) => loader.load(Buffer.from(text))

  it('is found by each of its extensions, in any case', () => {
    for (const e of loader.extensions) expect([loaderFor(`a.b/c${e}`), loaderFor(`C${e.toUpperCase()}`)]).toEqual([loader, loader])
    for (const e of loader.extensions) expect(e).toMatch(/^\.[a-z]+$/)
  })

  it('gives the words of the document in their order, paragraphs apart, and no markup', () => {
    const { text, mediaType } = load(write(PARAGRAPHS))
    expect(text.trim()).toBe(PARAGRAPHS.join('\n\n'))
    expect(termsOf(text)).toEqual(termsOf(PARAGRAPHS.join(' ')))
    expect(mediaType).toMatch(/^text\/\w+$/)
  })

  it.each(['utf8', 'utf16le'] as const)('removes a byte order mark (%s)', (encoding) => {
    const { text } = loader.load(Buffer.from(`\ufeff${write(PARAGRAPHS)}`, encoding))
    expect(text).toBe(load(write(PARAGRAPHS)).text)
    expect(text).not.toMatch(/^\ufeff/)
  })

  it.each([
    ['binary', Buffer.from([0, 1, 2, 3]), 'BINARY'],
    ['not UTF-8', Buffer.from([0x41, 0xff, 0xfe, 0x41]), 'NOT_UTF8'],
  ])('refuses what is %s', (_, bytes, code) => {
    expect(() => loader.load(bytes)).toThrow(expect.objectContaining({ name: 'SkipFile', code }))
  })

  it('reads or refuses any bytes, and gives the same for the same', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      '&',
      '#',
      '---\n',
      '`',
      '*',
      '_',
      '[',
      '](',
      '|',
      '\n',
      ' ',
      '<!--',
      '<p>',
      '<svg',
      '&#0;',
      '\ufeff',
      'a',
      '🦀',
    )
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(pieces, { maxLength: 80 }).map((p) => Uint8Array.from(Buffer.from(p.join('')))),
    )
    fc.assert(
      fc.property(bytes, (file) => {
        try {
          const loaded = loader.load(file)
          expect(loaded.text).not.toMatch(/\p{Cs}/u)
          expect(loader.load(file)).toEqual(loaded)
        } catch (error) {
          if (!(error instanceof SkipFile)) throw error
          expect([error.code, error.remedy]).toEqual([expect.stringMatching(/^[A-Z0-9_]+$/), expect.stringMatching(/\w/)])
        }
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('reads an empty file as no text', () => {
    expect(load('').text).toBe('')
  })
}

describe.each(LOADERS.map((loader) => [loader.extensions[0] as string, loader] as const))('the loader of %s', (_, loader) => {
  contract(loader)
})

// The tree is read by functions that call themselves: what is thrown is a RangeError, and the document is lost.
it.each([
  ['.html', '<div>', 20_000],
  ['.md', '> ', 6_000],
])('%s: reads or refuses elements nested in each other', (extension, open, depth) => {
  const bytes = Buffer.from(open.repeat(depth).concat('deep'))
  let thrown: unknown
  try {
    loaderFor(`a${extension}`)?.load(bytes)
  } catch (error) {
    thrown = error
  }
  expect(thrown === undefined || thrown instanceof SkipFile).toBe(true)
})

describe.each(['.md', '.html'])('%s', (extension) => {
  const load = (text: string) => (loaderFor(`a${extension}`) as Loader).load(Buffer.from(text))

  it('leaves out comments, attributes and what is hidden', () => {
    expect(load('<!-- one --><p hidden>two</p><img src=x onerror="three()" alt="four"><p class="five">kept</p>').text).toBe('kept')
  })

  // gfmHtml() turns the `<` of script, style and some others into `&lt;`, so that Markdown shows them as text.
  const hidden = extension === '.md' ? it : it
  hidden('leaves out scripts and styles', () => {
    expect(load('<script>one()</script><style>two{}</style><p>kept</p>').text).toBe('kept')
  })

  it('shows markup that the document shows', () => {
    expect(load(extension === '.md' ? 'Write `<b>` for bold.' : '<p>Write <code>&lt;b&gt;</code> for bold.').text).toBe('Write <b> for bold.')
  })

  it('has its first heading for a title', () => {
    expect(load(extension === '.md' ? '# The *deep* cut\n\nText' : '<h1>The <i>deep</i> cut</h1>Text').facts.title).toBe('The deep cut')
  })
})

it('.html: takes facts from its metadata, with the canonical address first and no address of a script', () => {
  const head = (url: string) =>
    `<head><title>T</title><link rel="canonical" href="${url}"><meta property="og:site_name" content="Outlet"><meta name="author" content="A. B.">
     <meta property="article:published_time" content="2025-08-22T10:00:00Z"><meta property="og:url" content="https://example.org/og"></head><body>x`
  const load = (url: string) => loaderFor('a.html')?.load(Buffer.from(head(url))).facts
  const facts = { title: 'T', outlet: 'Outlet', author: 'A. B.', published: '2025-08-22' }
  expect(load('https://example.org/canonical')).toEqual({ ...facts, url: 'https://example.org/canonical' })
  expect(load('javascript:alert(1)')).toEqual(facts)
})

it('.md: takes facts from its front matter, and those go before its heading', () => {
  const { text, facts } = (loaderFor('a.md') as Loader).load(Buffer.from('---\ntitle: T\ndate: 2025-03-11\n---\n# Heading\n\nText'))
  expect([text, facts]).toEqual(['Heading\n\nText', { title: 'T', published: '2025-03-11' }])
})
