import { beforeAll, expect, it } from 'vitest'
import { type Filters, passagesThatPass } from '../../answer/filter.ts'
import type { Generation } from '../../index/generation.ts'
import { buildIndex, documents } from '../fixtures.ts'

let generation: Generation

beforeAll(async () => {
  generation = await buildIndex(
    await documents({
      'day.txt': 'Source: The Lantern| 2025-05-02 10:00:00|\n\nWords of a day.',
      'month.md': '---\ndate: 2025-05\noutlet: Radio\n---\nWords of a month.',
      'year.md': '---\ndate: 2025\noutlet: lantern extra\n---\nWords of a year.',
      'said.md':
        '---\ndate: 2024-06-14\noutlet: Gazette\n---\n"The bar is open," Nerys Tolgarth said on Wednesday.\n\n"It is not," said Gideon Lusk on Thursday.',
      'file.txt': 'Words without a date but that of their file.',
    }),
  )
})

function passing(filters: Filters): string[] {
  const pass = passagesThatPass(generation, filters)
  const passages = Array.from({ length: generation.passageCount }, (_, passage) => passage).filter((passage) => pass?.accepts(passage) ?? true)
  return [...new Set(passages.map((passage) => generation.sources[generation.sourceOf(passage)]?.path.slice(5) as string))]
}

it.each<[Filters, string[]]>([
  [{}, ['day.txt', 'file.txt', 'month.md', 'said.md', 'year.md']],
  [{ after: undefined }, ['day.txt', 'file.txt', 'month.md', 'said.md', 'year.md']],
  [{ after: '2025-05-02' }, ['day.txt', 'month.md', 'year.md']],
  [{ after: '2025-05-03' }, ['month.md', 'year.md']],
  [{ after: '2025-06' }, ['year.md']],
  [{ after: '2026' }, []],
  [{ before: '2025-05-02' }, ['month.md', 'said.md', 'year.md']],
  [{ before: '2025-05-03' }, ['day.txt', 'month.md', 'said.md', 'year.md']],
  [{ before: '2025' }, ['said.md']],
  [{ after: '2025-05', before: '2025-06' }, ['day.txt', 'month.md', 'year.md']],
  [{ outlet: 'LANTERN' }, ['day.txt', 'year.md']],
  [{ outlet: 'lantern', before: '2025-02' }, ['year.md']],
  [{ source: 'month' }, ['month.md']],
  [{ source: 'nowhere' }, []],
  [{ speaker: 'tolgarth' }, ['said.md']],
  [{ speaker: 'Tolgarth', before: '2024-06-13' }, ['said.md']],
  [{ speaker: 'Tolgarth', after: '2024-06-13' }, []],
  [{ after: '2024-06-14', before: '2024-07' }, []],
])('%j leaves %j', (filters, expected) => {
  expect(passing(filters)).toEqual(expected)
})

it('takes a source by its id', () => {
  expect(passing({ source: generation.sources[0]?.id })).toEqual(['day.txt'])
})

it('tells the passages of the sources that are wanted, where sources are', () => {
  const of = (filters: Filters) => passagesThatPass(generation, filters)?.among
  expect([of({ source: 'month' })?.size, of({ outlet: 'lantern' })?.size, of({ outlet: 'nobody' })?.size]).toEqual([1, 2, 0])
  expect([of({ speaker: 'Tolgarth' }), of({ after: '2025' })]).toEqual([null, null])
})

it('tests nothing when nothing is to be left out', () => {
  expect([passagesThatPass(generation, undefined), passagesThatPass(generation, {})]).toEqual([undefined, undefined])
})
