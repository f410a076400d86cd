import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fullName } from '../../index/voices.ts'

it.each([
  ['The Wendmoor River Board met. The Board voted.', 'The Wendmoor River Board'],
  ['The Board voted. Then the Wendmoor Board met.', 'The Board'],
  ['the Board voted. Then the Wendmoor River Board met.', 'Wendmoor River Board'],
  ['the Board voted; the Boards, the Wendmoor Boards and the eBoard Boarded.', null],
  ['the Board', null],
  ['O’Brien-Smith Board', 'O’Brien-Smith Board'],
  ['One Two Three Four Five Six Board', 'Three Four Five Six Board'],
  ['xÉlan Board', null],
  ['Wendmoor\nBoard, Élan Board', 'Élan Board'],
])('the Board is in full in "%s": %s', (text, name) => {
  expect(fullName(text, 'Board')).toBe(name)
})

it('is what one expression over the whole text finds', () => {
  const word = fc.constantFrom(
    'Board',
    'The',
    'the',
    'River',
    'O’Brien',
    'x',
    'Élan',
    'Ünal-Özg',
    'A',
    'Boards',
    '𝐀bc',
    'Abcdefghijklmnopqrstuvwxyz',
    'Board’s',
    '\n',
    '𝐁',
  )
  const text = fc.array(fc.tuple(word, fc.constantFrom(' ', ' ', ' ', '', '-', ', ')), { maxLength: 30 }).map((words) => words.flat().join(''))
  const expression = /(?<!\p{L})(?:\p{Lu}[\p{L}'’-]{1,20} ){1,4}?Board(?!\p{L})/u
  fc.assert(
    fc.property(text, (one) => {
      expect(fullName(one, 'Board')).toBe(expression.exec(one)?.[0] ?? null)
    }),
  )
})
