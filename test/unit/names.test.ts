import { expect, it } from 'vitest'
import { isRole, personNames } from '../../index/names.ts'

it.each([
  ['The clerk, Agnes Thirkell, met Nerys Tolgarth.', ['Agnes Thirkell', 'Nerys Tolgarth']],
  ['Nicholas E. Golovin wrote to Ludwig van Beethoven.', ['Nicholas E. Golovin', 'Ludwig van Beethoven']],
  ["But Celia Nance's motion fell.", ["Celia Nance's"]],
])('finds the persons in %j', (text, expected) => {
  expect(personNames(text)).toEqual(expected)
})

it.each([
  'Haldersea Town Council met.',
  'It sailed to the North Sea.',
  'On Tuesday March came in.',
  'The Chinese Embassy in London replied.',
  'the harbour master said so',
  'Ferrand said so.',
])('finds no person in %j', (text) => {
  expect(personNames(text)).toEqual([])
})

it('knows a role from another word', () => {
  expect(['master', 'Spokesperson', 'ENGINEER'].map(isRole)).toEqual([true, true, true])
  expect(['harbour', 'Ferrand', ''].map(isRole)).toEqual([false, false, false])
})

// "sun" and "il" make a word of the calendar's pattern, as "apr" and "il" do; "Jan" and "June" are first names as well.
it.each(['Sunil Ferrand', 'Jan Sarle', 'June Adair'])('finds %s, whose first name only looks like a month or a day', (name) => {
  expect(personNames(`The engineer, ${name}, said so.`)).toEqual([name])
})
