import { beforeAll, expect, it } from 'vitest'
import { type Filters, sourcesThatPass } from '../../answer/filter.ts'
import type { Generation } from '../../index/generation.ts'
import { buildIndex, documents } from '../fixtures.ts'

let generation: Generation

beforeAll(async () => {
  generation = await buildIndex(
    await documents({
      'day.txt': 'Source: The Lantern| 2025-05-02 10:00:00|\n\nWords of a day.',
      'month.md': '---\ndate: 2025-05\noutlet: Radio\n---\nWords of a month.',
      'year.md': '---\ndate: 2025\noutlet: lantern extra\n---\nWords of a year.',
      'file.txt': 'Words without a date but that of their file.',
    }),
  )
})

function passing(filters: Filters): string[] {
  const accept = sourcesThatPass(generation, filters)
  const passages = Array.from({ length: generation.passageCount }, (_, passage) => passage).filter((passage) => accept?.(passage) ?? true)
  return [...new Set(passages.map((passage) => generation.sources[generation.sourceOf(passage)]?.path.slice(5) as string))]
}

it.each<[Filters, string[]]>([
  [{}, ['day.txt', 'file.txt', 'month.md', 'year.md']],
  [{ after: undefined }, ['day.txt', 'file.txt', 'month.md', 'year.md']],
  [{ after: '2025-05-02' }, ['day.txt', 'month.md', 'year.md']],
  [{ after: '2025-05-03' }, ['month.md', 'year.md']],
  [{ after: '2025-06' }, ['year.md']],
  [{ after: '2026' }, []],
  [{ before: '2025-05-02' }, ['month.md', 'year.md']],
  [{ before: '2025-05-03' }, ['day.txt', 'month.md', 'year.md']],
  [{ before: '2025' }, []],
  [{ after: '2025-05', before: '2025-06' }, ['day.txt', 'month.md', 'year.md']],
  [{ outlet: 'LANTERN' }, ['day.txt', 'year.md']],
  [{ outlet: 'lantern', before: '2025-02' }, ['year.md']],
  [{ source: 'month' }, ['month.md']],
  [{ source: 'nowhere' }, []],
  [{ speaker: 'Tolgarth' }, []],
])('%j leaves %j', (filters, expected) => {
  expect(passing(filters)).toEqual(expected)
})

it('takes a source by its id', () => {
  expect(passing({ source: generation.sources[0]?.id })).toEqual(['day.txt'])
})

it('tests nothing when nothing is to be left out', () => {
  expect([sourcesThatPass(generation, undefined), sourcesThatPass(generation, {})]).toEqual([undefined, undefined])
})
