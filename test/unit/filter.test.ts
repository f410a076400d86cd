import { beforeAll, expect, it } from 'vitest'
import { areSet, type Filters } from '../../index/filter.ts'
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

/** Documents of which some passage is among the nearest to anything, within filters. */
async function passing(filters: Filters): Promise<string[]> {
  const anything = generation.store.vectorOf(0)
  const passages = (await generation.nearest(anything, generation.passageCount, { filters })).map(({ passage }) => passage)
  return [...new Set(passages.map((passage) => generation.source(generation.sourceOf(passage)).path.slice(5)))].sort()
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
])('%j leaves %j', async (filters, expected) => {
  expect(await passing(filters)).toEqual(expected)
})

it('takes a source by its id', async () => {
  expect(await passing({ source: generation.sources[0]?.id })).toEqual(['day.txt'])
})

it('are set when something is to be left out', () => {
  expect([areSet(undefined), areSet({}), areSet({ after: undefined }), areSet({ speaker: 'x' })]).toEqual([false, false, false, true])
})
