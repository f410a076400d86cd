import { beforeAll, expect, it } from 'vitest'
import { ask } from '../../answer/ask.ts'
import { verify } from '../../answer/verify.ts'
import type { Generation } from '../../index/generation.ts'
import { FORMATS } from '../../index/loaders/registry.ts'
import type { StoredSource } from '../../index/stored-sources.ts'
import { buildIndex, documents, embedder } from '../fixtures.ts'
import { bytesOf, writtenOf } from '../written.ts'

const PARAGRAPHS = [
  'The council met on Tuesday in the old customs house.',
  'The harbour was dredged in May 2025, at a cost of £5,200,000.',
  'Bread is baked from flour, water and yeast.',
]
const QUESTION = 'When was the harbour dredged?'
/** What a quote names besides the line. */
const PLACES: Record<string, { page?: number; time?: unknown }> = { pdf: { page: 1 }, srt: { time: expect.any(Number) }, vtt: { time: expect.any(Number) } }

let generation: Generation
beforeAll(async () => {
  const files = FORMATS.map(async ({ name, extensions }) => [`${name}${extensions[0]}`, await bytesOf(await writtenOf(name), PARAGRAPHS)] as const)
  generation = await buildIndex(await documents(Object.fromEntries(await Promise.all(files))))
})

const sourceOf = (format: string) => generation.sources.find(({ path }) => path.startsWith(`docs/${format}.`)) as StoredSource

it.each(FORMATS.map(({ name }) => name))('the same words are quoted from %s, with their page, line or time', async (format) => {
  const source = sourceOf(format)
  const { status, citations } = await ask(generation, await embedder(), QUESTION, { filters: { source: source.id } })
  const [citation] = citations
  expect(status).toBe('answered')
  expect(citation?.quote).toContain(PARAGRAPHS[1])
  expect(citation).toMatchObject({ source: { path: source.path }, page: null, time: null, line: expect.any(Number), ...PLACES[format] })
  const { start = 0, end = 0, quote = '' } = citation ?? {}
  expect(await verify(generation, { source: source.id, start, end, quote, sha256: source.sha256 })).toEqual({ verified: true, reason: null })
})

it('the same words in all formats are one citation, which names every place', async () => {
  const { citations } = await ask(generation, await embedder(), QUESTION, { limit: 1 })
  const [citation] = citations
  expect(citations).toHaveLength(1)
  expect(new Set([citation?.source.id, ...(citation?.alsoIn ?? []).map(({ source }) => source)])).toEqual(new Set(FORMATS.map(({ name }) => sourceOf(name).id)))
})
