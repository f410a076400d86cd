import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ask } from '../../answer/ask.ts'
import { PostgresHome } from '../../index/postgres/home.ts'
import { afterFile } from '../after.ts'
import { CORPUS, embedder, openedCorpus } from '../fixtures.ts'
import { built, DATABASES } from '../postgres.ts'

const { questions } = JSON.parse(readFileSync(new URL('../corpus-questions.json', import.meta.url), 'utf8')) as { questions: { question: string }[] }

describe.each(DATABASES)('%s', (_, make) => {
  it('answers the questions on the sample documents with the same quotes as a folder does', async () => {
    const model = await embedder()
    const folder = await openedCorpus()
    const home = await PostgresHome.of({ url: await built(make, [CORPUS]), folder: '' })
    afterFile(() => home.close())
    const { generation } = await home.open(model)
    const told = async (answer: ReturnType<typeof ask>) => {
      const { status, citations } = await answer
      return { status, quotes: citations.map(({ quote, source }) => `${source.path}: ${quote}`) }
    }
    const others: string[] = []
    for (const { question } of questions) {
      const [ours, theirs] = [await told(ask(generation, model, question)), await told(ask(folder, model, question))]
      expect({ question, status: ours.status, first: ours.quotes[0] }).toEqual({ question, status: theirs.status, first: theirs.quotes[0] })
      if (ours.quotes.join('\n') !== theirs.quotes.join('\n')) others.push(`${question}\n${ours.quotes.join('\n')}\n\n${theirs.quotes.join('\n')}`)
    }
    // Vectors of half the digits: a quote that is almost too far below the best may be left out, or not.
    expect(others.length, others.join('\n\n')).toBeLessThanOrEqual(2)
  }, 240_000)
})
