import { expect, it } from 'vitest'
import { chatModelOf } from '../../answer/prose/chat-model.ts'
import questions from '../corpus-questions.json' with { type: 'json' }
import { corpusIndex } from '../fixtures.ts'
import { serve } from '../served.ts'

const { ONRECORD_TEST_CHAT_URL: url = '', ONRECORD_TEST_CHAT_MODEL: model = '', ONRECORD_TEST_CHAT_KEY: key = '' } = process.env

/** Questions that are asked of it. */
const ASKED = 10

// docs/chat-models.md says how to run it.
it.skipIf(model === '')('a model of your own writes sentences that the quotes prove', { timeout: 20 * 60_000 }, async () => {
  const server = await serve(await corpusIndex(), { CHAT_TIMEOUT: 120 }, { chatModel: await chatModelOf({ model, url, key }) })
  let written = 0
  for (const { question } of questions.questions.slice(0, ASKED)) {
    const { prose, citations } = await server.ask(question, { prose: true })
    written += prose?.sentences.length ?? 0
    console.log(question, citations.length, prose?.sentences.map(({ text }) => text) ?? [])
  }
  console.log((await server.send('/metrics')).text.match(/^onrecord_(?:prose|chat_model)_.*$/gm)?.join('\n'))
  expect(written).toBeGreaterThan(0)
})
