import { expect, it } from 'vitest'
import { valueIn } from '../../client/ui/value.ts'

it.each([
  ['In 2019, 19 boats fished.', '19', [9, 11]],
  ['It cost 1,830 and then 830.', '830', [23, 26]],
  ['It cost 830.5, not 830, it said.', '830', [19, 22]],
  ['19 working boats', '19 working boats', [0, 16]],
  ['£5.2 million', '£5.2 million', [0, 12]],
  ['both of them', '2', null],
  ['any', '', null],
])('finds a figure where it stands by itself: %s', (quote, value, span) => {
  expect(valueIn(quote, value)).toEqual(span && { start: span[0], end: span[1] })
})
