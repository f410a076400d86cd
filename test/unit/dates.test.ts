import { expect, it } from 'vitest'
import { parseDate } from '../../index/dates.ts'

it.each([
  ['2021-07-20', '2021-07-20'],
  ['2021-07-20 19:39:21', '2021-07-20'],
  ['2021-07-20T23:59:59-08:00', '2021-07-20'],
  [' 2024-02-29 ', '2024-02-29'],
  ['2021-07', '2021-07'],
  ['1455', '1455'],
  [2025, '2025'],
  ['20 July 2021', '2021-07-20'],
  ['November 27, 2021', '2021-11-27'],
  ['Nov. 27, 2021', '2021-11-27'],
  ['Tuesday, 5 August 2025', '2025-08-05'],
  ['5 August 2025, No. 12345', '2025-08-05'],
  ['12.03.2025', '2025-03-12'],
  ['5.8.2025', '2025-08-05'],
])('reads %j as %s', (value, expected) => {
  expect(parseDate(value)).toBe(expected)
})

it.each([
  '2023-02-29',
  '31 February 2025',
  'Feb. 31, 2025',
  '31.02.2025',
  '12 March 20255',
  '20255',
  '0000-01-01',
  '2021-13-01',
  '2021-00',
  '2021-06-31',
  'Nov. 26',
  'next Tuesday',
  'yesterday',
  'spring',
  '',
  '  ',
  null,
  undefined,
  true,
  {},
  [],
])('reads %j as no date', (value) => {
  expect(parseDate(value)).toBeNull()
})

// chrono's strict parser reads no month without a day.
it('reads a month and a year in words', () => {
  expect(parseDate('July 2021')).toBe('2021-07')
})
