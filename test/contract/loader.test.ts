import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { SkipFile } from '../../index/errors.ts'
import type { Format } from '../../index/loaders/loader.ts'
import { FORMATS, formatOf } from '../../index/loaders/registry.ts'
import { termsOf } from '../../index/terms.ts'
import { load, loadAll } from '../load.ts'
import { bytesOf, type Written, writtenOf } from '../written.ts'

/** Paragraphs, as a person would write them in each format. One needs characters that not every font or encoding has. */
const PARAGRAPHS = [
  'The harbour was dredged in May 2025, at a cost of £5,200,000.',
  '“It is a hobby,” the harbour master said – twice.',
  'Naïve? 港口关闭了 & so on.',
]

function contract(format: Format): void {
  const extension = format.extensions[0] as string
  let written: Written
  beforeAll(async () => {
    written = await writtenOf(format.name)
  })

  it('is found by each of its extensions, in any case', () => {
    for (const e of format.extensions) expect([formatOf(`a.b/c${e}`), formatOf(`C${e.toUpperCase()}`)]).toEqual([format, format])
    for (const e of format.extensions) expect(e).toMatch(/^\.[a-z]+$/)
  })

  it('gives the words of the document in their order, paragraphs apart, and no markup', async () => {
    const { text, mediaType } = await load(extension, await bytesOf(written, PARAGRAPHS))
    expect(text.trim()).toBe(PARAGRAPHS.join('\n\n'))
    expect(termsOf(text)).toEqual(termsOf(PARAGRAPHS.join(' ')))
    expect(mediaType).toMatch(/^(text|application|message)\/[\w.+-]+$/)
  })

  it.each(['utf8', 'utf16le'] as const)('removes a byte order mark (%s), where a file is text', async (encoding) => {
    if (!written.isText) return
    const whole = (await bytesOf(written, PARAGRAPHS)).toString()
    const { text } = await load(extension, Buffer.from(`\ufeff${whole}`, encoding))
    expect(text).toBe((await load(extension, whole)).text)
    expect(text).not.toMatch(/^\ufeff/)
  })

  it('refuses what is binary', async () => {
    await expect(load(extension, Buffer.from([0, 1, 2, 3]))).rejects.toThrow(expect.objectContaining({ name: 'SkipFile' }))
  })

  it('reads or refuses any bytes, and gives the same for the same', async () => {
    const pieces = fc.constantFrom('<', '>', '/', '&', '\n', ' ', '\ufeff', 'a', '🦀', ...written.pieces)
    const whole = await bytesOf(written, PARAGRAPHS)
    const damaged = fc.tuple(fc.nat(whole.length), fc.uint8Array({ maxLength: 8 })).map(([at, other]) => {
      return Buffer.concat([whole.subarray(0, at), other, whole.subarray(at + other.length)])
    })
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(pieces, { maxLength: 80 }).map((p) => Buffer.from(p.join(''))),
      damaged,
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (file) => {
        try {
          const loaded = await loadAll(extension, file)
          for (const { text } of loaded) expect(text).not.toMatch(/\p{Cs}/u)
          expect(await loadAll(extension, file)).toEqual(loaded)
        } catch (error) {
          if (!(error instanceof SkipFile)) throw error
          expect([error.code, error.remedy]).toEqual([expect.stringMatching(/^[A-Z0-9_]+$/), expect.stringMatching(/\w/)])
        }
      }),
      { numRuns: written.isText ? 300 : 60, seed: 1 },
    )
  })

  it('reads an empty file as no text, or refuses it', async () => {
    const texts = await loadAll(extension, '').catch((error: unknown) => {
      if (error instanceof SkipFile) return []
      throw error
    })
    expect(texts.map(({ text }) => text).join('')).toBe('')
  })
}

describe.each(FORMATS.map((format) => [format.extensions[0] as string, format] as const))('the loader of %s', (_, format) => {
  contract(format)
})

// The tree is read by functions that call themselves: what is thrown is a RangeError, and the document is lost.
it.each([
  ['.html', '<div>', 20_000],
  ['.md', '> ', 6_000],
])('%s: reads or refuses elements nested in each other', async (extension, open, depth) => {
  const bytes = Buffer.from(open.repeat(depth).concat('deep'))
  let thrown: unknown
  try {
    await load(extension, bytes)
  } catch (error) {
    thrown = error
  }
  expect(thrown === undefined || thrown instanceof SkipFile).toBe(true)
})

describe.each(['.md', '.html'])('%s', (extension) => {
  const read = (text: string) => load(extension, text)

  it('leaves out comments, attributes and what is hidden', async () => {
    expect((await read('<!-- one --><p hidden>two</p><img src=x onerror="three()" alt="four"><p class="five">kept</p>')).text).toBe('kept')
  })

  it('leaves out scripts and styles', async () => {
    expect((await read('<script>one()</script><style>two{}</style><p>kept</p>')).text).toBe('kept')
  })

  it('shows markup that the document shows', async () => {
    expect((await read(extension === '.md' ? 'Write `<b>` for bold.' : '<p>Write <code>&lt;b&gt;</code> for bold.')).text).toBe('Write <b> for bold.')
  })

  it('has its first heading for a title', async () => {
    expect((await read(extension === '.md' ? '# The *deep* cut\n\nText' : '<h1>The <i>deep</i> cut</h1>Text')).facts.title).toBe('The deep cut')
  })
})

it('.html: takes facts from its metadata, with the canonical address first and no address of a script', async () => {
  const head = (url: string) =>
    `<head><title>T</title><link rel="canonical" href="${url}"><meta property="og:site_name" content="Outlet"><meta name="author" content="A. B.">
     <meta property="article:published_time" content="2025-08-22T10:00:00Z"><meta property="og:url" content="https://example.org/og"></head><body>x`
  const factsAt = async (url: string) => (await load('.html', head(url))).facts
  const facts = { title: 'T', outlet: 'Outlet', author: 'A. B.', published: '2025-08-22' }
  expect(await factsAt('https://example.org/canonical')).toEqual({ ...facts, url: 'https://example.org/canonical' })
  expect(await factsAt('javascript:alert(1)')).toEqual(facts)
})

it.each([
  ['.html', '<html lang="de-AT"><p>x'],
  ['.md', '---\nlang: de-AT\n---\nx'],
])('%s: says which language it is in', async (extension, document) => {
  expect((await load(extension, document)).facts.language).toBe('de')
})

it('.md: takes facts from its front matter, and those go before its heading', async () => {
  const { text, facts } = await load('.md', '---\ntitle: T\ndate: 2025-03-11\n---\n# Heading\n\nText')
  expect([text, facts]).toEqual(['Heading\n\nText', { title: 'T', published: '2025-03-11' }])
})
