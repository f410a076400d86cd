import { beforeAll, describe, expect, it } from 'vitest'
import { cite, lineAt, publicSource } from '../../answer/cite.ts'
import type { Quote } from '../../answer/quotes.ts'
import type { Features } from '../../answer/select.ts'
import { verify } from '../../answer/verify.ts'
import type { Generation } from '../../index/generation.ts'
import { Citation } from '../../server/contract.ts'
import { buildIndex, documents } from '../fixtures.ts'

const TEXT = 'Harbour news\r\n\r\nThe pier was painted. 🦀 came.\r\nIt rained.'
let generation: Generation
let id: string

beforeAll(async () => {
  generation = await buildIndex(await documents({ 'a.txt': TEXT, 'b.txt': `Elsewhere\n\nThe pier was   painted. Nobody cared.` }))
  id = generation.sources[0]?.id as string
})

/** A quote of some words of a document. */
function quote(words: string, source = 0): Quote {
  const start = generation.text(source).indexOf(words)
  return {
    passage: generation.sources[source]?.firstPassage as number,
    start,
    end: start + words.length,
    score: 0.123456,
    features: {} as Features,
    alsoIn: [],
  }
}

const linkTo = (source: string, { start, end }: { start: number; end: number }) => `https://example.org/${source}#${start}-${end}`

it('cites words as they stand, with their place, line, source and link', () => {
  const [citation] = cite(generation, [quote('🦀 came.')], linkTo)
  expect(citation).toMatchObject({
    quote: '🦀 came.',
    start: 38,
    end: 46,
    line: 3,
    score: 0.1235,
    link: `https://example.org/${id}#38-46`,
    alsoIn: [],
    statements: [],
  })
  expect(citation?.passage).toEqual({ text: TEXT, start: 0, end: TEXT.length })
  expect(citation?.source).toEqual(publicSource(generation.sources[0] as never))
  expect(Citation.safeParse(citation).error).toBeUndefined()
})

it('names the same words in another place once, whatever white space is between them', () => {
  const citations = cite(generation, [quote('The pier was painted.'), quote('It rained.'), quote('The pier was   painted.', 1)], linkTo)
  expect(citations.map((c) => c.quote)).toEqual(['The pier was painted.', 'It rained.'])
  expect(citations[0]?.alsoIn).toEqual([{ source: generation.sources[1]?.id, start: 11, end: 34 }])
})

it.each([
  [0, 1],
  [12, 1],
  [16, 3],
  [TEXT.length, 4],
])('offset %d stands in line %d', (offset, line) => {
  expect(lineAt(TEXT, offset)).toBe(line)
})

it('gives away nothing of a source that only the index needs', () => {
  expect(Object.keys(publicSource(generation.sources[0] as never)).sort()).toEqual(
    ['author', 'id', 'mediaType', 'outlet', 'path', 'published', 'publishedFrom', 'sha256', 'title', 'url'].sort(),
  )
})

describe('a citation is verified', () => {
  const claim = (change: object = {}) => ({ source: id, start: 16, end: 37, quote: 'The pier was painted.', ...change })

  it('when its words stand at their place', async () => {
    expect(await verify(generation, claim())).toEqual({ verified: true, reason: null })
    expect((await verify(generation, claim({ sha256: generation.sources[0]?.sha256 }))).verified).toBe(true)
  })

  it.each<[string, object, RegExp]>([
    ['of other words', { quote: 'The pier was Painted.' }, /other words/i],
    ['of words that look the same', { quote: 'The pier was\u00a0painted.' }, /other words/i],
    ['of words a place further', { start: 17, end: 38 }, /other words/i],
    ['of fewer words', { quote: 'The pier' }, /other words/i],
    ['of no words', { start: 16, end: 16, quote: '' }, /outside/],
    ['the wrong way round', { start: 37, end: 16 }, /outside/],
    ['beyond the end', { end: 5000 }, /outside/],
    ['of an unknown source', { source: 'nobody' }, /no source/],
    ['of another version of the text', { sha256: '0'.repeat(64) }, /changed/],
  ])('but not %s', async (_, change, reason) => {
    expect(await verify(generation, claim(change))).toEqual({ verified: false, reason: expect.stringMatching(reason) })
  })

  // Offsets from the end, and ones that are no whole numbers, are taken as String.slice takes them.
  it.each([
    { start: -10, end: -1, quote: 'It rained' },
    { start: 16.4, end: 37.9 },
    { start: Number.NaN, end: Number.NaN, quote: '' },
  ])('but not at offsets that are none: %j', async (change) => {
    expect((await verify(generation, claim(change))).verified).toBe(false)
  })
})
