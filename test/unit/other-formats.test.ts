import { expect, it } from 'vitest'
import { ask } from '../../answer/ask.ts'
import { checkSpans } from '../../index/check.ts'
import { flat } from '../../index/stores/flat.ts'
import { buildIndex, documents, embedder } from '../fixtures.ts'

const COST = 'What did the harbour trench cost?'

it('mail, recordings and records are quoted with their facts, the second of the recording, who speaks, and which record it is', async () => {
  const folder = await documents({
    'sources.yaml': 'records: { "*.jsonl": { text: story, title: head, id: key } }',
    'mail.eml':
      'From: Odile Marchetti <o@example.org>\nSubject: The bill\nDate: Tue, 11 Mar 2025 10:00:00 +0000\n\nThe harbour trench cost 1.2 million pounds.\n',
    'talk.vtt':
      'WEBVTT\n\n00:05.000 --> 00:07.000\n<v Bruno Castell>Good evening.\n\n01:01.500 --> 01:04.000\n<v Bruno Castell>The harbour trench cost\n\n01:04.000 --> 01:06.000\n<v Bruno Castell>2.3 million pounds.',
    'film.srt': '1\n00:02:00,000 --> 00:02:04,000\nMAYOR: The harbour trench cost 3.4 million pounds.\n',
    'wire.jsonl':
      '{"key":"w-1","head":"Of the ferry","story":"The ferry is old."}\n{"key":"w-2","head":"Of the bill","story":"The harbour trench cost 4.5 million pounds."}\n',
    'latin.txt': Buffer.from('The harbour trench cost \xa35.6 million, says André.', 'latin1'),
    'mail.meta.yaml': 'outlet: The harbour board\nlanguage: de',
    'left-out.txt': 'The harbour trench cost 9.9 million pounds.',
    '.onrecordignore': 'left-out.*',
  })
  const generation = await buildIndex(folder, { store: flat })
  expect(await checkSpans(generation)).toEqual([])
  const { citations } = await ask(generation, await embedder(), COST, { limit: 10 })
  const cited = Object.fromEntries(citations.map((citation) => [citation.source.path, citation]))
  expect(Object.keys(cited).sort()).toEqual(['docs/film.srt', 'docs/latin.txt', 'docs/mail.eml', 'docs/talk.vtt', 'docs/wire.jsonl#w-2'])
  expect(cited['docs/mail.eml']).toMatchObject({
    quote: 'The harbour trench cost 1.2 million pounds.',
    source: { title: 'The bill', author: 'Odile Marchetti', outlet: 'The harbour board', published: '2025-03-11', publishedFrom: 'metadata' },
    time: null,
  })
  expect(cited['docs/talk.vtt']).toMatchObject({
    quote: 'The harbour trench cost 2.3 million pounds.',
    time: 61.5,
    source: { title: 'talk' },
    statements: [{ speaker: 'Bruno Castell', speech: 'direct' }],
  })
  expect(cited['docs/film.srt']).toMatchObject({ quote: 'The harbour trench cost 3.4 million pounds.', time: 120, statements: [{ speaker: 'MAYOR' }] })
  expect(cited['docs/wire.jsonl#w-2']).toMatchObject({ quote: 'The harbour trench cost 4.5 million pounds.', source: { title: 'Of the bill' } })
  expect(cited['docs/latin.txt']?.quote).toBe('The harbour trench cost £5.6 million, says André.')
  expect(generation.sources.find(({ path }) => path === 'docs/mail.eml')?.language).toBe('de')
})
