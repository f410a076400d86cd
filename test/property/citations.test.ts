import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../../answer/ask.ts'
import { folded } from '../../answer/same-statement.ts'
import { type Claim, verify } from '../../answer/verify.ts'
import { checkSpans } from '../../index/check.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import type { Generation } from '../../index/generation.ts'
import { buildIndex, documents, embedder } from '../fixtures.ts'
import { anyText, prose } from './texts.ts'

const DOCUMENTS = 24
let model: Embedder
let generation: Generation
let files: Record<string, string>

beforeAll(async () => {
  model = await embedder()
  const texts = fc.sample(
    fc.array(prose, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('\n\n')),
    { numRuns: DOCUMENTS, seed: 1 },
  )
  const extensions = ['txt', 'md', 'html']
  files = Object.fromEntries(texts.map((text, i) => [`${i}.${extensions[i % 3]}`, `${text.replace(/^\ufeff+/, '')} The harbour was closed.`]))
  generation = await buildIndex(await documents(files))
})

const textOf = (id: string) => generation.text(generation.numberOf(id) as number)
const groupOf = (id: string) => generation.sources[generation.numberOf(id) as number]?.group

it('the index of generated documents holds them whole', async () => {
  expect(generation.sources).toHaveLength(DOCUMENTS)
  expect(await checkSpans(generation)).toEqual([])
  for (const { id, path } of generation.sources) if (path.endsWith('.txt')) expect(textOf(id)).toBe(files[path.slice('docs/'.length)])
})

it('every citation is the words of its source at its place, and is verified', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(prose, anyText), fc.integer({ min: 1, max: 20 }), async (question, limit) => {
      const { citations } = await ask(generation, model, question, { limit })
      expect(citations.length).toBeLessThanOrEqual(limit)
      for (const { quote, start, end, source, passage, line, alsoIn } of citations) {
        const text = textOf(source.id)
        expect(quote).toBe(text.slice(start, end))
        expect(passage.text).toBe(text.slice(passage.start, passage.end))
        expect(passage.start <= start && end <= passage.end && quote.trim() !== '').toBe(true)
        expect(line).toBe(text.slice(0, start).split('\n').length)
        expect(await verify(generation, { source: source.id, start, end, quote, sha256: source.sha256 })).toEqual({ verified: true, reason: null })
        const groups = [source.id, ...alsoIn.map((other) => other.source)].map(groupOf)
        for (const other of alsoIn) {
          const words = textOf(other.source).slice(other.start, other.end)
          const isNearCopy = groupOf(other.source) !== null && groups.filter((group) => group === groupOf(other.source)).length > 1
          expect(isNearCopy || folded(quote).includes(folded(words))).toBe(true)
          expect((await verify(generation, { ...other, quote: words })).verified).toBe(true)
        }
      }
    }),
    { numRuns: 60, seed: 1 },
  )
})

describe('a citation that is changed', () => {
  /** A true citation of some span of some document. */
  const claims = fc.tuple(fc.nat(), fc.nat(), fc.nat()).map(([s, a, b]): Claim => {
    const { id } = generation.sources[s % DOCUMENTS] as { id: string }
    const text = textOf(id)
    const [start, end] = [a % text.length, b % text.length].sort((x, y) => x - y) as [number, number]
    return { source: id, start, end: end + 1, quote: text.slice(start, end + 1) }
  })

  it('in nothing is verified', async () => {
    await fc.assert(
      fc.asyncProperty(claims, async (claim) => {
        expect((await verify(generation, claim)).verified).toBe(true)
      }),
      { seed: 1 },
    )
  })

  it('in its words is not', async () => {
    await fc.assert(
      fc.asyncProperty(claims, fc.nat(), fc.string({ unit: 'binary', maxLength: 2 }), async (claim, at, put) => {
        const place = at % claim.quote.length
        const quote = claim.quote.slice(0, place) + put + claim.quote.slice(place + 1)
        expect((await verify(generation, { ...claim, quote })).verified).toBe(quote === claim.quote)
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('in its length is not', async () => {
    await fc.assert(
      fc.asyncProperty(claims, fc.integer({ min: 1, max: 5 }), async (claim, more) => {
        expect((await verify(generation, { ...claim, end: claim.end + more })).verified).toBe(false)
        expect((await verify(generation, { ...claim, quote: `${claim.quote} ` })).verified).toBe(false)
      }),
      { seed: 1 },
    )
  })
})
