import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../../answer/ask.ts'
import type { Turn } from '../../answer/followup.ts'
import type { Generation } from '../../index/generation.ts'
import type { Answer, Citation } from '../../server/contract.ts'
import { buildIndex, embedder } from '../fixtures.ts'

const RECORDS = join(dirname(fileURLToPath(import.meta.url)), '..', 'records')

/** As the note in test/records/library.json tells. */
interface Case {
  id: string
  question: string
  history?: string[]
  gold?: [path: string, words: string][]
  all?: boolean
  first?: boolean
  only?: string[]
  inOrder?: boolean
  figures?: string[]
  same?: boolean
  missing?: string
  answerable?: boolean
  unsolved?: boolean
}

const holds = (text: string, alternatives: string) =>
  alternatives.split('|').some((words) => text.replace(/\s+/g, ' ').toLowerCase().includes(words.toLowerCase()))
const isGold = ({ source, quote }: Citation, [path, words]: [string, string]) => source.path.includes(path) && holds(quote, words)

function expectRight(answer: Answer, { gold = [], all, first, only, inOrder, figures, same, missing, answerable }: Case) {
  if (answerable === false) return expect(answer.status).toBe('not-on-record')
  expect(answer.status).toBe(missing ? 'partial' : answer.status === 'partial' ? 'partial' : 'answered')
  const cited = answer.citations.slice(0, first ? 1 : all ? 4 : 3)
  const at = gold.map((one) => cited.findIndex((citation) => isGold(citation, one)))
  const found = at.filter((n) => n >= 0)
  expect(all ? found.length === gold.length : found.length > 0, answer.citations.map(({ quote }) => quote).join('\n')).toBe(true)
  if (inOrder) expect(at).toEqual([...at].sort((a, b) => a - b))
  if (only) for (const { source } of cited) expect(only.some((path) => source.path.includes(path))).toBe(true)
  if (missing) expect(answer.missing).toContain(missing)
  if (same) expect(answer.disagreements).toEqual([])
  if (figures) expect(answer.disagreements.some((one) => figures.every((figure) => holds(JSON.stringify(one), figure)))).toBe(true)
}

describe.each(['library', 'quarry'])('of the record in test/records/%s', (name) => {
  const { questions } = JSON.parse(readFileSync(join(RECORDS, `${name}.json`), 'utf8')) as { questions: Case[] }
  let generation: Generation
  beforeAll(async () => {
    generation = await buildIndex(join(RECORDS, name))
  })

  it.each(questions.filter(({ unsolved }) => !unsolved).map((one) => [one.question, one] as const))('"%s" is answered right', async (question, one) => {
    const model = await embedder()
    const history: Turn[] = []
    for (const earlier of one.history ?? []) {
      const { citations } = await ask(generation, model, earlier, { history })
      history.push({ question: earlier, citations: citations.slice(0, 3).map(({ source, start, end }) => ({ source: source.id, start, end })) })
    }
    expectRight(await ask(generation, model, question, { history }), one)
  })
})
