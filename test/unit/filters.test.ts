import { describe, expect, it } from 'vitest'
import { fieldsOf, filtersOf, isDate, NO_FILTERS } from '../../client/ui/filters.ts'

const filters = (fields: object) => filtersOf({ ...NO_FILTERS, ...fields })

describe('a last day that counts', () => {
  it.each([
    ['2025', '2026'],
    ['2025-06', '2025-07'],
    ['2025-12', '2026-01'],
    ['2025-06-30', '2025-07-01'],
    ['2025-12-31', '2026-01-01'],
    ['2024-02-28', '2024-02-29'],
    ['2025-02-28', '2025-03-01'],
    ['0099', '0100'],
    ['9998', '9999'],
  ])('%s asks before %s, and is read back as it was', (until, before) => {
    expect(filters({ until }).filters).toEqual({ before })
    expect(fieldsOf({ before }).until).toBe(until)
  })
})

it.each(['2025-13', '2025-00', '2025-02-30', '2025-6', '25', '2025-06-31', '20255', '0000', '9999', 'June 2025', '2025/06', '2025-06-30T00:00', '-2025'])(
  '%s is no date',
  (text) => {
    expect(isDate(text)).toBe(false)
    expect(filters({ from: text, until: text })).toEqual({ filters: {}, faults: { from: 'no-date', until: 'no-date' } })
  },
)

it('takes the figures of an Arabic keyboard, and spaces around them', () => {
  expect(filters({ from: ' ٢٠٢٥-٠٦ ', until: '۲۰۲۵' }).filters).toEqual({ after: '2025-06', before: '2026' })
})

it.each([
  ['2025', '2025'],
  ['2025-06', '2025'],
  ['2025', '2025-01-01'],
  ['2025-06-30', '2025-06'],
])('from %s until %s is a time', (from, until) => {
  expect(filters({ from, until }).faults).toEqual({ from: null, until: null })
})

it('a last day before the first is a fault of the last', () => {
  expect(filters({ from: '2025-06', until: '2025-05-31' })).toEqual({ filters: { after: '2025-06' }, faults: { from: null, until: 'order' } })
})

it('leaves out what is empty, and reads back what is not', () => {
  const all = { after: '2025', before: '2026', speaker: 'Dunnock', outlet: 'The Lantern', source: 'abc' }
  expect(filters({ speaker: '  ' }).filters).toEqual({})
  expect(filtersOf(fieldsOf(all)).filters).toEqual(all)
})
