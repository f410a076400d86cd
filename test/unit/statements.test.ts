import { describe, expect, it } from 'vitest'
import { statementsOf } from '../../index/statements/extract.ts'

const SOURCE = { title: 'A report', published: null, publishedFrom: null }

/** Each statement of a text as its words, speaker and form. */
function said(text: string, source = SOURCE) {
  return statementsOf(text, source).map((s) => [text.slice(s.start, s.end), s.speaker, s.speech])
}

it.each([
  ['speech after its cue', 'Odile Marchetti said: "The ferry is too old to repair."', [['"The ferry is too old to repair."', 'Odile Marchetti', 'direct']]],
  ['speech before its cue', '"The ferry is too old to repair," Odile Marchetti said.', [['"The ferry is too old to repair,"', 'Odile Marchetti', 'direct']]],
  ['an inverted cue', '“The ferry is too old,” said Odile Marchetti.', [['“The ferry is too old,”', 'Odile Marchetti', 'direct']]],
  ['a cue that interrupts', '“Old,” Odile Marchetti said. “Go.”', [['“Old,” Odile Marchetti said. “Go.”', 'Odile Marchetti', 'direct']]],
  ['reported speech', 'Odile Marchetti said that the ferry was too old.', [['that the ferry was too old', 'Odile Marchetti', 'indirect']]],
  ['reported speech without "that"', 'Odile Marchetti said the ferry was too old.', [['the ferry was too old', 'Odile Marchetti', 'indirect']]],
  ['reported speech before its cue', 'The ferry was too old, Odile Marchetti said.', [['The ferry was too old', 'Odile Marchetti', 'indirect']]],
  [
    'partly quoted speech',
    'Odile Marchetti said the ferry was “a floating antique” and unsafe.',
    [['the ferry was “a floating antique” and unsafe', 'Odile Marchetti', 'mixed']],
  ],
  ['"according to" at the end', 'The ferry needs a new hull, according to Odile Marchetti.', [['The ferry needs a new hull', 'Odile Marchetti', 'indirect']]],
  [
    '"according to" at the beginning',
    'According to Odile Marchetti, the ferry needs a new hull!',
    [['the ferry needs a new hull!', 'Odile Marchetti', 'indirect']],
  ],
  ['an inserted cue', 'Her ferry, she said, lost money.', [['Her ferry, she said, lost money', 'she', 'indirect']]],
  ['somebody who is told', 'Odile Marchetti told reporters that it leaked.', [['that it leaked', 'Odile Marchetti', 'indirect']]],
  ['somebody named who is told', 'Odile Marchetti told Bruno Castell it would go.', [['it would go', 'Odile Marchetti', 'indirect']]],
  [
    'a participle',
    'Odile Marchetti said the ferry was old, adding that repairs would take a year.',
    [
      ['the ferry was old', 'Odile Marchetti', 'indirect'],
      ['that repairs would take a year', 'Odile Marchetti', 'indirect'],
    ],
  ],
  [
    'coordinated cues',
    'Odile Marchetti said that the ferry was old and predicted that the crew would leave.',
    [
      ['that the ferry was old', 'Odile Marchetti', 'indirect'],
      ['that the crew would leave', 'Odile Marchetti', 'indirect'],
    ],
  ],
  [
    'two who speak in one sentence',
    '“The ferry is old,” said Odile Marchetti; Bruno Castell said the crew would stay.',
    [
      ['“The ferry is old,”', 'Odile Marchetti', 'direct'],
      ['the crew would stay', 'Bruno Castell', 'indirect'],
    ],
  ],
  [
    'a paper that speaks',
    'Responding to a question about a press release by the ministry which said that the ferry was unsafe.',
    [['that the ferry was unsafe', 'ministry', 'indirect']],
  ],
])('reads %s', (_, text, expected) => {
  expect(said(text)).toEqual(expected)
})

it.each([
  ['a day between speaker and cue', 'Odile Marchetti on Wednesday said it leaked.', [['it leaked', 'Odile Marchetti', 'indirect']]],
  ['a bracket between speaker and cue', 'Odile Marchetti (harbour master) said it leaked.', [['it leaked', 'Odile Marchetti', 'indirect']]],
  ['a body that is told', 'Odile Marchetti told the Harbour Gazette the ferry leaked.', [['the ferry leaked', 'Odile Marchetti', 'indirect']]],
  ['"according to" at the beginning, without the full stop', 'According to Odile Marchetti, it leaks.', [['it leaks', 'Odile Marchetti', 'indirect']]],
  ['a warning after its words', 'It would sink, Odile Marchetti warned the council.', [['It would sink', 'Odile Marchetti', 'indirect']]],
  [
    'two who speak, one of them in the other’s question',
    'Asked about a release by the ministry which said that it leaks, Odile Marchetti said it was sound.',
    [
      ['that it leaks', 'ministry', 'indirect'],
      ['it was sound', 'Odile Marchetti', 'indirect'],
    ],
  ],
])('reads %s', (_, text, expected) => {
  expect(said(text)).toEqual(expected)
})

it.each([
  ['nothing said', 'The ferry left the pier at noon.'],
  ['a passive with nobody who acts', 'The ferry was said to be too old.'],
  ['"States" in a name', 'The United States that Anna Bell left behind had no ferries.'],
  ['a possessive before a noun', "The reporter's notes that survived the fire are in the archive."],
  ['a quotation that nobody spoke before', '“The ferry is old.”'],
])('finds no statement in %s', (_, text) => {
  expect(said(text)).toEqual([])
})

it('takes no header line of press copy for a statement', () => {
  const text = 'Source: Harbour Gazette | 2024-03-14\nEditor: Anna Bell said the ferry was old\n\nThe ferry left.'
  expect(said(text)).toEqual([])
})

describe('beyond one sentence', () => {
  it('keeps a quotation of two paragraphs whole', () => {
    const quotation = '“The ferry is old.\n\n“It has to go by May.”'
    expect(said(`${quotation} said Odile Marchetti.`)).toEqual([[quotation, 'Odile Marchetti', 'direct']])
  })

  it('keeps a quotation whole that goes on for sentences after its cue', () => {
    const text = 'Odile Marchetti said: “The ferry is old. Its engine is older. It has to go.” Nobody spoke.'
    expect(said(text)).toEqual([['“The ferry is old. Its engine is older. It has to go.”', 'Odile Marchetti', 'direct']])
  })

  it('gives a quotation that stands alone to the one who spoke last', () => {
    const text = 'Odile Marchetti said the ferry was old.\n\n“It has to go by May.”'
    expect(statementsOf(text, SOURCE).map((s) => [s.speaker, s.mention, s.cue])).toEqual([
      ['Odile Marchetti', 'Odile Marchetti', 'said'],
      ['Odile Marchetti', null, null],
    ])
  })

  it('reports the sentence before, when a paragraph of two ends with who said it', () => {
    const text = 'The ferry is a small matter. The crew is ready to leave, the spokesperson said.'
    expect(said(text)).toEqual([['The ferry is a small matter. The crew is ready to leave', 'spokesperson', 'indirect']])
  })
})

describe('headlines', () => {
  it.each([
    ['its speaker last', 'Claim of unsafe ferries pure invention: Chinese embassy', 'Claim of unsafe ferries pure invention', 'Chinese embassy'],
    ['its speaker first', 'Marchetti: Ferry will be gone by summer', 'Ferry will be gone by summer', 'Marchetti'],
  ])('reads one with %s', (_, headline, words, speaker) => {
    expect(said(`${headline}\n\nThe pier was empty on Monday.`)).toEqual([[words, speaker, 'indirect']])
  })

  it('takes no label for a speaker', () => {
    expect(said('Correction: Ferry leaves at noon and not at ten\n\nThe pier was empty.')).toEqual([])
  })
})

it('has every span inside the text, at the words of a cue and speaker that stand there', () => {
  const text = '“Old,” said Odile Marchetti.\r\n\r\nAsked again, she said it was “🛥 too old” and — at length — unsafe, adding that Ülo Tamm agreed…'
  const statements = statementsOf(text, SOURCE)
  expect(statements.length).toBeGreaterThan(2)
  for (const { start, end, cue, mention } of statements) {
    expect(0 <= start && start < end && end <= text.length).toBe(true)
    expect(text.slice(start, end)).toBe(text.slice(start, end).trim())
    for (const words of [cue, mention]) expect(text).toContain(words)
  }
})

it('reads a clause that ends with "that"', () => {
  expect(() => said('Asian women known noticed from world in its her read interact were that and showed currently dedicated.')).not.toThrow()
})
