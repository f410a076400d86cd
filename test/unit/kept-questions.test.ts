import { beforeAll, expect, it } from 'vitest'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { keepingQuestions } from '../../server/kept-questions.ts'
import { embedder } from '../fixtures.ts'

let real: Embedder
let asked: string[]
let keeping: Embedder
beforeAll(async () => {
  real = await embedder()
})

/** The real model, whose questions are noted. */
function noting(): Embedder {
  asked = []
  const embedWords: Embedder['embedWords'] = (question, signal) => {
    asked.push(question)
    return real.embedWords(question, signal)
  }
  return Object.create(real, { embedWords: { value: embedWords } }) as Embedder
}

it('a question that comes again is not embedded again, and has the same vectors', async () => {
  keeping = keepingQuestions(noting())
  const first = await keeping.embedWords('Why?')
  expect(await keeping.embedWords('Why?')).toBe(first)
  expect(await keeping.embedQuestion('Why?')).toEqual(await real.embedQuestion('Why?'))
  expect(asked).toEqual(['Why?'])
  expect(keeping.fingerprint).toBe(real.fingerprint)
})

it('a long one is, and so is one that 500 others came after', async () => {
  keeping = keepingQuestions(noting())
  const long = 'Why? '.repeat(41)
  for (const question of [long, long]) await keeping.embedWords(question)
  expect(asked).toEqual([long, long])
  for (let n = 0; n <= 500; n++) await keeping.embedWords(`${n}?`)
  await keeping.embedWords('0?')
  expect(asked.filter((question) => question === '0?')).toHaveLength(2)
})

it('one whose client has left is not answered from what is kept', async () => {
  keeping = keepingQuestions(noting())
  await keeping.embedWords('Why?')
  await expect(keeping.embedWords('Why?', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone')
})
