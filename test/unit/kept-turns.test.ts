import { describe, expect, it } from 'vitest'
import type { Turn } from '../../client/ui/conversation.ts'
import { keepingOn, type Shelf } from '../../client/ui/kept-turns.ts'
import { answered } from '../turns.ts'

const BASE = 'http://localhost:3000/'

function shelf(entries: Record<string, string> = {}): Shelf & { entries: Record<string, string> } {
  return {
    entries,
    getItem: (key) => entries[key] ?? null,
    setItem: (key, value) => {
      entries[key] = value
    },
    removeItem: (key) => {
      delete entries[key]
    },
  }
}

const forbidden = () => {
  throw new DOMException('no', 'QuotaExceededError')
}

function failed(id: number, failure: NonNullable<Turn['failure']>): Turn {
  return { ...answered(id), state: 'failed', answer: null, failure }
}

describe('a conversation', () => {
  it('is found again as it was', () => {
    const place = shelf()
    const prose = { sentences: [{ text: 'There are 31 boats.', citations: [0] }] }
    const turns = [
      answered(1),
      answered(3, {}, 'There are 31 boats.', { prose }),
      failed(2, { kind: 'offline' }),
      answered(7, { filters: { before: '2026', speaker: 'Dunnock' }, alone: true }),
    ]
    expect(keepingOn(place, BASE).save(turns)).toBe(true)
    expect(keepingOn(place, BASE).load()).toEqual(turns)
  })

  it('has a turn that was running as stopped, and none that still waits', () => {
    const keeping = keepingOn(shelf(), BASE)
    const limited = { type: 'x', title: 'x', status: 429, detail: 'x' }
    keeping.save([failed(1, { kind: 'limited', seconds: 30, problem: limited }), { ...answered(2), state: 'waiting', answer: null, citations: [] }])
    expect(keeping.load().map(({ state, failure }) => [state, failure])).toEqual([
      ['failed', { kind: 'limited', seconds: 0, problem: limited }],
      ['failed', { kind: 'stopped' }],
    ])
  })

  it('is one for each server, and gone when it is empty', () => {
    const place = shelf()
    keepingOn(place, BASE).save([answered(1)])
    expect(keepingOn(place, 'http://localhost:3000/other/').load()).toEqual([])
    keepingOn(place, BASE).save([])
    expect(place.entries).toEqual({})
  })

  it('keeps its newest fifty turns', () => {
    const keeping = keepingOn(shelf(), BASE)
    keeping.save(Array.from({ length: 60 }, (_, i) => answered(i + 1)))
    expect(keeping.load().map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, i) => i + 11))
  })

  it('keeps what a million characters hold, the oldest dropped first', () => {
    const place = shelf()
    const keeping = keepingOn(place, BASE)
    keeping.save([1, 2, 3, 4].map((id) => answered(id, {}, 'x'.repeat(150_000))))
    expect(keeping.load().map(({ id }) => id)).toEqual([2, 3, 4])
    expect(Object.values(place.entries).join('').length).toBeLessThan(1_000_000)
  })
})

describe('a browser', () => {
  it.each<[string, Shelf | null]>([
    ['without storage', null],
    ['that forbids it', { getItem: forbidden, setItem: forbidden, removeItem: forbidden }],
    ['that is full', { ...shelf(), setItem: forbidden }],
  ])('%s keeps nothing, and says so', (_, place) => {
    const keeping = keepingOn(place, BASE)
    expect(keeping.load()).toEqual([])
    expect(keeping.save([answered(1)])).toBe(false)
  })

  const good = JSON.stringify(answered(1))
  it.each([
    '',
    'null',
    '[]',
    '{"version":1',
    '{"version":0,"turns":[]}',
    `{"version":2,"turns":[${good}]}`,
    '{"version":1,"turns":{}}',
    '{"version":1,"turns":[null]}',
    `{"version":1,"turns":[${good},${good}]}`,
    `{"version":1,"turns":[${good.replaceAll('"citations":[', '"citations":[{"quote":"x"},')}]}`,
    `{"version":1,"turns":[${good.replace('"state":"answered"', '"state":"failed"')}]}`,
    `{"version":1,"turns":[${good.replace('"disagreements":[]', '"disagreements":[{"about":"x"}]')}]}`,
    `{"version":1,"turns":[${good.replace('"filters":{}', '"filters":{"after":1}')}]}`,
  ])('drops a damaged entry: %.60s', (text) => {
    const place = shelf({ [`onrecord:conversation:${BASE}`]: text })
    expect(keepingOn(place, BASE).load()).toEqual([])
    expect(place.entries).toEqual({})
  })
})
