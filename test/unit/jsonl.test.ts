import { expect, it } from 'vitest'
import { LIMITS } from '../../index/loaders/loader.ts'
import { loadAll } from '../load.ts'

const lines = (...records: unknown[]) => records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record))).join('\n')

it('reads every line as a document with its own facts, called by its id or else its line', async () => {
  const file = lines(
    { id: 'a-1', headline: 'The ferry', body: 'It is old.\n\nIt leaks.', date: '2025-03-11T10:00:00Z', byline: ['A', 'B'], url: 'https://example.org/1' },
    '',
    { text: { not: 'this' }, content: ['Nobody pays.'], source: { name: 'not a name' }, lang: 'de', url: 'javascript:alert(1)' },
  )
  expect(await loadAll('.jsonl', `\ufeff${file}\r\n`)).toEqual([
    {
      text: 'It is old.\n\nIt leaks.',
      mediaType: 'application/jsonl',
      part: 'a-1',
      facts: { title: 'The ferry', published: '2025-03-11', author: 'A, B', url: 'https://example.org/1' },
    },
    { text: 'Nobody pays.', mediaType: 'application/jsonl', part: 'L3', facts: { language: 'de' } },
  ])
})

it('finds fields by the names of the mapping, with dots for those in others, and the rest by their usual names', async () => {
  const fields = { text: 'story.paragraphs', title: 'story.head.line', author: 'by.0.name', published: 'when', id: 'dotted.key', outlet: 'paper' }
  const record = {
    text: 'not this',
    story: { paragraphs: ['It is old.', 'It leaks.'], head: { line: 'The ferry' } },
    by: [{ name: 'A. B.' }],
    when: '11 March 2025',
    date: '1999-01-01',
    'dotted.key': 12,
    url: 'https://example.org/1',
  }
  expect(await loadAll('.ndjson', lines(record), { fields })).toEqual([
    {
      text: 'It is old.\n\nIt leaks.',
      mediaType: 'application/jsonl',
      part: '12',
      facts: { title: 'The ferry', author: 'A. B.', published: '2025-03-11', url: 'https://example.org/1' },
    },
  ])
})

it('reports bad lines by their numbers, and reads the others', async () => {
  const documents = await loadAll(
    '.jsonl',
    lines({ id: 1, text: 'one' }, '{"text": "cut', '[1]', { id: 1, text: 'again' }, { title: 'no text' }, { text: ' ' }, { text: 'last' }),
  )
  expect(documents.map(({ part, text, skip }) => [part, text, skip?.code])).toEqual([
    ['1', 'one', undefined],
    ['L2', '', 'BAD_RECORD'],
    ['L3', '', 'BAD_RECORD'],
    ['L4', '', 'SAME_ID'],
    ['L5', '', 'NO_TEXT_FIELD'],
    ['L6', '', 'NO_TEXT_FIELD'],
    ['L7', 'last', undefined],
  ])
  for (const { part, skip } of documents) if (skip) expect(skip.remedy).toContain(`Line ${part?.slice(1)} `)
})

it('reports a hundred bad lines one by one, and of the others how many they are', async () => {
  const documents = await loadAll('.jsonl', lines({ text: 'one' }, ...Array.from({ length: 500 }, () => '{')))
  expect(documents).toHaveLength(102)
  expect(documents.at(-1)?.skip?.remedy).toContain('400 more lines')
})

it('reads fields that every object has, or that are called like them, as any other', async () => {
  const file = '{"text":"one","id":"__proto__","__proto__":{"title":"polluted"}}\n{"text":"two","id":"toString"}'
  expect((await loadAll('.jsonl', file)).map(({ part, facts }) => [part, facts])).toEqual([
    ['__proto__', {}],
    ['toString', {}],
  ])
  await expect(loadAll('.jsonl', '{"a":1}', { fields: { text: 'constructor.name' } })).rejects.toThrow(expect.objectContaining({ code: 'NO_TEXT_FIELD' }))
})

it.each([
  ['no field with a text', lines({ message: 'one' }, { message: 'two' }), 'NO_TEXT_FIELD', /"records" in sources\.yaml/],
  ['no JSON', 'The harbour\nwas dredged.', 'BAD_RECORD', /Line 1 /],
  ['one line without end', `{"text":"${'x'.repeat(5_000_001)}"}`, 'TOO_LARGE', /Line 1 /],
  ['too many records', '{"text":"x"}\n'.repeat(LIMITS.documents + 1), 'TOO_MANY_DOCUMENTS', /split/],
])('refuses a file with %s', async (_, file, code, remedy) => {
  await expect(loadAll('.jsonl', file)).rejects.toThrow(expect.objectContaining({ code, remedy: expect.stringMatching(remedy) }))
})
