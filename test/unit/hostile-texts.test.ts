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
  ['a sentence of a megabyte', 'the bar shut the harbour and '.repeat(36_000)],
  ['a sentence without spaces', '港口关闭了'.repeat(60_000)],
  ['a sentence from right to left', 'أُغلق الميناء ثم '.repeat(20_000)],
  ['capitals and full stops', 'THE U.S. SAID NO. '.repeat(20_000)],
  ['a table', '| Harbour trench | £4.2 million | Ferrand |\n'.repeat(10_000)],
  ['a table of tabs', 'Harbour trench\t£4.2 million\tFerrand\n'.repeat(10_000)],
  ['a list', '- dredged by Ferrand\n  1. in May\n'.repeat(10_000)],
  ['marks that open and never close', '“‘«„('.repeat(40_000)],
  ['quotations in quotations', '“He said: ‘she said “no”’.” '.repeat(12_000)],
  ['datelines', 'HALDERSEA, March 3, 2025 (The Lantern) -- It rained.\n\n'.repeat(6000)],
  [
    'thousands of reports',
    Array.from({ length: 3000 }, (_, i) => `"The bar is closed," said ${name(i)}, chair of club ${i}. He added that it would open.`).join('\n\n'),
  ],
])('%s are read to their end', (_, text) => {
  for (const { start, end } of statementsOf(text, { published: null, publishedFrom: null, title: '' }))
    expect(0 <= start && start < end && end <= text.length).toBe(true)
  expect(passagesOf(text, { countTokens: (words) => words.split(/\s+/).length, maxTokens: 510 }).length).toBeGreaterThan(0)
})
