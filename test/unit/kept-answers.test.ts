import { expect, it } from 'vitest'
import type { Answer } from '../../server/contract.ts'
import { KeptAnswers } from '../../server/kept-answers.ts'

const answer = (question: string) => ({ question, timings: { embed: 5 } }) as unknown as Answer

function noting() {
  const [kept, made] = [new KeptAnswers(), [] as string[]]
  const ask = (request: string) =>
    kept.of(request, async () => {
      made.push(request)
      return answer(request)
    })
  return { ask, made }
}

it('answers what was asked before without asking again, and says that it took no time', async () => {
  const { ask, made } = noting()
  expect((await ask('one')).timings).toEqual({ embed: 5 })
  expect(await ask('one')).toEqual({ question: 'one', timings: {} })
  expect(made).toEqual(['one'])
})

it('keeps the last that were asked, and nothing that is long', async () => {
  const { ask, made } = noting()
  await ask('first')
  for (let i = 0; i < 499; i++) await ask(`question ${i}`)
  await ask('first')
  await ask('one more')
  await ask('first')
  await ask('question 0')
  expect(made.filter((request) => request === 'first' || request === 'question 0')).toEqual(['first', 'question 0', 'question 0'])
  const long = 'why '.repeat(300)
  await ask(long)
  await ask(long)
  expect(made.filter((request) => request === long)).toHaveLength(2)
})

it('keeps nothing of a question that failed', async () => {
  const kept = new KeptAnswers()
  const fails = () => Promise.reject(new Error('no'))
  await expect(kept.of('one', fails)).rejects.toThrow('no')
  expect(await kept.of('one', async () => answer('one'))).toEqual(answer('one'))
})
