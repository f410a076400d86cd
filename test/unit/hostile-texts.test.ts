import { expect, it } from 'vitest'
import { passagesOf } from '../../index/passages.ts'
import { statementsOf } from '../../index/statements/extract.ts'

const name = (i: number) => `${'ABCDEFGHIJ'[i % 10]}nel ${'KLMNOPQRST'[(i >> 3) % 10]}oran${'abcdefghij'[(i >> 5) % 10]}`

/** Each took minutes, or no end, where a part of it was compared with every other. */
it.each<[string, string]>([
  ['capitals without an end', 'A'.repeat(300_000)],
  ['quotation marks alone', '"'.repeat(300_000)],
  ['quotations without a speaker', '" a '.repeat(100_000)],
  ['cues alone', 'said '.repeat(60_000)],
  ['names alone', Array.from({ length: 20_000 }, (_, i) => name(i)).join(', ')],
  ['labels alone', 'Ab: '.repeat(60_000)],
  ['claims alone', 'his claim that '.repeat(25_000)],
  ['claims in sentences', `${'his claim that '.repeat(150)}fell. `.repeat(100)],
  ['commas and cues', `${'the Board said, '.repeat(150)}so. `.repeat(100)],
  ['dashes after quotations', '“a b c.” — Ab Cd\n\n'.repeat(5000)],
  ['white space before a word', `${' '.repeat(1_000_000)}x`],
  [
    'thousands of reports',
    Array.from({ length: 3000 }, (_, i) => `"The bar is closed," said ${name(i)}, chair of club ${i}. He added that it would open.`).join('\n\n'),
  ],
])('%s are read to their end', (_, text) => {
  for (const { start, end } of statementsOf(text, { published: null, publishedFrom: null, title: '' }))
    expect(0 <= start && start < end && end <= text.length).toBe(true)
  expect(passagesOf(text, { countTokens: (words) => words.split(/\s+/).length, maxTokens: 510 }).length).toBeGreaterThan(0)
})
