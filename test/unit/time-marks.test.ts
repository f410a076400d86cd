import { describe, expect, it } from 'vitest'
import { marksOf } from '../../client/ui/time-marks.ts'
import type { Answer, Citation, Source, Statement } from '../../server/contract.ts'

function said(speaker: string | null, day: string | null, source: Partial<Source> = {}): Citation {
  const statements = speaker ? [{ speaker, role: null, speech: 'direct', saidOn: day } as Statement] : []
  return { quote: 'x', statements, source: { outlet: 'The Lantern', author: null, published: null, publishedFrom: null, title: 'T', ...source } } as Citation
}

const days = (citations: Citation[], disagreements: Answer['disagreements'] = []) =>
  marksOf({ citations, disagreements }).map(({ day, at }) => [day, Math.round(at * 100)])

describe('the marks of the time axis', () => {
  it('stand in proportion to their days, in order of time', () => {
    expect(days([said('A', '2025-01-11'), said('B', '2025-01-01'), said('A', '2025-01-03')])).toEqual([
      ['2025-01-01', 0],
      ['2025-01-03', 20],
      ['2025-01-11', 100],
    ])
  })

  it('stand in the middle of a month or year of which no more is known', () => {
    expect(days([said('A', '2024'), said('B', '2026'), said('A', '2025-06')])[1]).toEqual(['2025-06', 48])
  })

  it('take the day of publication where nobody says when, and that of a file for none', () => {
    const text = { published: '2025-01-09', publishedFrom: 'text' } as const
    const file = { published: '2025-01-20', publishedFrom: 'file' } as const
    const marks = marksOf({ citations: [said('A', '2025-01-01'), said(null, null, text), said('B', null, text), said('C', null, file)], disagreements: [] })
    expect(marks.map(({ speaker, day }) => [speaker, day])).toEqual([
      ['A', '2025-01-01'],
      ['The Lantern', '2025-01-09'],
      ['B', '2025-01-09'],
    ])
  })

  it('are left out for fewer than three statements, or for one time', () => {
    expect(days([said('A', '2025-01-01'), said('B', '2025-02-01')])).toEqual([])
    expect(days([said('A', '2025-01-01'), said('B', '2025-01-01'), said('C', '2025-01-01')])).toEqual([])
    expect(days([said('A', '2025'), said('B', '2025-03'), said('C', '2025-03-04')])).toEqual([])
    expect(days([said('A', null), said('B', 'yesterday'), said('C', '2025-01-01')])).toEqual([])
    expect(days([])).toEqual([])
  })

  it('are there for two who disagree at different times', () => {
    const sides = (a: number, b: number) => [{ about: 'x', sides: [a, b].map((n) => ({ label: `${n}`, value: null, citations: [n] })) }]
    const two = [said('A', '2025-01-01'), said('B', '2025-02-01')]
    expect(days(two, sides(0, 1)).length).toBe(2)
    expect(days([said('A', '2025-01-01'), said('B', '2025-01-01')], sides(0, 1))).toEqual([])
    expect(days(two, sides(0, 7))).toEqual([])
  })

  it('give each speaker a voice, and what would cover each other lanes', () => {
    const marks = marksOf({ citations: ['A', 'B', 'A', 'C'].map((name, n) => said(name, n < 3 ? '2025-01-01' : '2025-03-01')), disagreements: [] })
    expect(marks.map(({ voice, lane }) => [voice, lane])).toEqual([
      [0, 0],
      [1, 1],
      [0, 2],
      [2, 0],
    ])
  })
})
