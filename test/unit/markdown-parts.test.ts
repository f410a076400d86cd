import { describe, expect, it } from 'vitest'
import { partsOf } from '../../index/loaders/markdown-parts.ts'
import { load } from '../load.ts'

const textOf = async (markdown: string) => (await load('.md', markdown)).text

// A document long enough to be divided reads as its repeated piece does by itself.
describe.each([
  ['paragraphs', 'The bar shut the harbour.\nIt was *dredged*\nin May.'],
  ['headings', '## The bar\n\nIt shut.\n\nThe Pool\n---\n\nIt is deep.'],
  ['links that are defined at the end', 'See [the minutes][m] and [The  Lantern] and [nothing][n].'],
  ['code with empty lines', '```\nfirst\n\n- second\n\n[m]: /x\n```\n\nAfter it.'],
  ['code in code', '````md\n```\n\nstill code\n```\n\n````\n\n~~~ js\n```\n\nstill\n\n~~~\n\nAfter it.'],
  ['comments with empty lines', 'Before. <!-- not\n\nread\n\n- at all --> After it.\n\nThe end.'],
  ['raw text with empty lines', '<pre>\none\n\n*two*\n\n</pre>\n\nAfter it.\n\n<style>\n\np { }\n\n</style>\n\nThe end.'],
  ['lists in lists', 'Before.\n\n- one\n  wrapped\n\n  its second paragraph\n\n  1. inner\n  2. more\n- two\n\nAfter it.'],
  ['tables', '| Work | Cost |\n|---|---|\n| Trench | 4.2 |\n\nAfter it.'],
  ['quotations', '> The bar shut.\nlazily so.\n>\n> - and how\n\nAfter it.'],
  ['lines of a carriage return and a feed', 'One.\r\n\r\n```\r\ntwo\r\n\r\nthree\r\n```\r\n\r\nFour.'],
])('a long document of %s', (_, piece) => {
  it('is read as a short one', async () => {
    const definitions = '\n\n[m]: https://example.org/m "Minutes"\n[the lantern]: /l\n'
    const times = Math.ceil(30_000 / piece.length)
    const long = `${Array.from({ length: times }, () => piece).join('\n\n')}${definitions}`
    expect(partsOf(long).length).toBeGreaterThan(2)
    const short = await textOf(piece + definitions)
    expect(await textOf(long)).toBe(Array.from({ length: times }, () => short).join('\n\n'))
  })
})

it.each([
  ['of 20,000 lines in two depths', '- dredged by Ferrand\n  - in May\n'.repeat(10_000), 20_000],
  ['of 20,000 items with empty lines', '1. dredged by Ferrand\n\n'.repeat(20_000), 20_000],
])('every item of a list %s is read', async (_, list, count) => {
  expect((await textOf(list)).split('\n').filter(Boolean)).toHaveLength(count)
})

it('what has no place to be divided stays whole', () => {
  for (const text of ['', 'short', `<!-- ${'a\n\n'.repeat(20_000)}`, `\`\`\`\n${'a\n\n'.repeat(20_000)}`]) expect(partsOf(text)).toEqual([text])
})
