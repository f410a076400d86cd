import { expect, it } from 'vitest'
import { formOf, quotationAt, quotationsOf } from '../../index/statements/quotations.ts'

function quoted(text: string) {
  return quotationsOf(text).map((q) => (q.open ? ['open', text.slice(q.start, q.end)] : text.slice(q.start, q.end)))
}

it.each([
  ['straight marks', 'She said "a b" and "c".', ['"a b"', '"c"']],
  ['curly marks', 'She said “a b” and “c”.', ['“a b”', '“c”']],
  ['guillemets', 'She said «a b» there.', ['«a b»']],
  ['low marks', 'She said „a b” there.', ['„a b”']],
  ['the doubled marks of wire copy', "``We sail,'' she said. ''We sail,'' he said.", ["``We sail,''", "''We sail,''"]],
  ['a mark after a bracket', 'The plan ("a b") failed.', ['"a b"']],
  ['no single marks', "The captain's 'old' ferry.", []],
  ['no closing mark alone', 'A board of 6" and 8" width, a b” c.', []],
  ['no marks at all', 'Nothing.', []],
  ['nothing', '', []],
])('reads %s', (_, text, expected) => {
  expect(quoted(text)).toEqual(expected)
})

it.each([
  ['goes on in the next paragraph when that begins with a mark', '“One.\n\n“Two.” End.', ['“One.\n\n“Two.”']],
  ['goes on so with straight marks', '"One.\n\n"Two." End.', ['"One.\n\n"Two."']],
  ['goes on over three paragraphs', '“One.\n\n“Two.\n\n“Three.”', ['“One.\n\n“Two.\n\n“Three.”']],
  ['ends with its paragraph when the next begins without a mark', '“One.\n\nTwo.', [['open', '“One.']]],
  ['ends with the text', 'He said “One', [['open', '“One']]],
  ['goes on over a wrapped line', '“One\ntwo.” End.', ['“One\ntwo.”']],
  ['leaves the next one whole when it was never closed', '“One.\n\nTwo said “three”.', [['open', '“One.'], '“three”']],
])('an open quotation %s', (_, text, expected) => {
  expect(quoted(text)).toEqual(expected)
})

it('finds the quotation an offset lies in, marks included', () => {
  const text = 'a “b” c “d”'
  const quotations = quotationsOf(text)
  expect([0, 2, 4, 5, 8].map((at) => quotationAt(quotations, at)?.start ?? null)).toEqual([null, 2, 2, null, 8])
})

it.each([
  ['“The ferry is old.”', 'direct'],
  ['“The ferry,” “is old.”', 'direct'],
  ['The ferry is old.', 'indirect'],
  ['the ferry is “old”', 'mixed'],
  // Three letters of more than sixty.
  ['And “the ferry is too old to carry anybody over the sound in a winter such as this one”', 'direct'],
])('calls %s %s', (text, form) => {
  expect(formOf(text, { start: 0, end: text.length }, quotationsOf(text))).toBe(form)
})

it('does not count the words that interrupt a quotation', () => {
  const text = '“The ferry is old,” Odile Marchetti told the council. “It has to go.”'
  const quotations = quotationsOf(text)
  const span = { start: 0, end: text.length }
  const [first, second] = quotations
  expect(formOf(text, span, quotations)).toBe('mixed')
  expect(formOf(text, span, quotations, { start: first?.end ?? 0, end: second?.start ?? 0 })).toBe('direct')
})
