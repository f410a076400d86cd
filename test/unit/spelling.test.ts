import { expect, it } from 'vitest'
import { readQuestion } from '../../answer/question.ts'
import { correctSpelling, isSlip } from '../../answer/spelling.ts'
import { termsOf } from '../../index/terms.ts'
import { lexicalOf } from '../lexical.ts'

it.each<[string, string, boolean]>([
  ['gandhi', 'ghandi', true],
  ['harbour', 'harbor', true],
  ['harbour', 'harrbour', true],
  ['harbour', 'harbeur', true],
  ['harbour', 'arbour', false],
  ['harbour', 'harbeer', false],
  ['council', 'counsel', false],
])('%s and %s: one is a slip for the other is %s', (a, b, expected) => {
  expect([isSlip(a, b), isSlip(b, a)]).toEqual([expected, expected])
})

const lexical = lexicalOf([['Gandhi spoke of independence at the harbour in 1947.', 'Speeches']])
const lexicon = { unheld: (terms: string[]) => terms.filter((term) => !lexical.has(term)), similar: (term: string) => lexical.similar(term) }

it('searches a misspelt word as the one that the documents hold, and leaves the question as it is', async () => {
  const question = readQuestion('What did Ghandi say of indepandence?')
  const corrected = await correctSpelling(question, lexicon)
  expect(corrected.text).toBe(question.text)
  expect(corrected.terms).toEqual(termsOf('Gandhi independence'))
  expect(corrected.anchors).toEqual([{ text: 'Ghandi', terms: termsOf('Gandhi') }])
})

it.each(['What did Gandhi say?', 'What of Zanzibar?', 'In 1946?', 'Of what habour?', ''])('leaves %j alone', async (text) => {
  const question = readQuestion(text)
  const corrected = await correctSpelling(question, lexicon)
  if (text.includes('habour')) expect(corrected.terms).toEqual(termsOf('harbour'))
  else expect(corrected).toBe(question)
})
