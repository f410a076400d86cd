import { describe, expect, it } from 'vitest'
import { fallen, recordedOf } from '../../bench/speed/check.ts'
import { type Figure, meets, middle, ratios } from '../../bench/speed/figure.ts'
import { asMarkdown } from '../../bench/speed/tell.ts'

const figure = (more: Partial<Figure>): Figure => ({ name: 'ours / theirs', about: '', unit: 'times', values: [1, 3, 2], worse: 'less', ...more })

describe('figures of speed', () => {
  it('are ratios within a round, so that a slow spell of the machine is not a slow program', () => {
    expect(ratios([10, 100, 10], [5, 50, 5])).toEqual([2, 2, 2])
  })

  it('meet their target by the median, from either side', () => {
    expect(meets(figure({ target: { least: 2 } }))).toBe(true)
    expect(meets(figure({ target: { least: 2.1 } }))).toBe(false)
    expect(meets(figure({ target: { most: 2 } }))).toBe(true)
    expect(meets(figure({ target: { most: 1.9 } }))).toBe(false)
    expect(meets(figure({}))).toBeNull()
  })

  it('say in the table what they miss', () => {
    const machine = { cores: 2, processor: 'P', memory: '8 GiB', system: 'linux x64', node: 'v20.19.0' }
    const part = { group: 'G', notes: [], figures: [figure({ target: { least: 2.5 } })] }
    expect(asMarkdown({ day: '2026-01-02', machine, rounds: 3, parts: [part] }, part)).toContain('| ours / theirs | 2.00 | 1.00 | ≥ 2.50: missed |  |')
  })
})

describe('what is recorded of a run', () => {
  it('is the median of each ratio, and nothing that only this machine has', () => {
    const { worse: _, ...absolute } = figure({ name: 'ours', unit: 'ms' })
    expect(recordedOf([figure({}), absolute])).toEqual({ 'ours / theirs': 2 })
  })

  it('fails a ratio that is more than 15 % worse, and names it', () => {
    const higher = (now: number) => fallen([figure({ values: [now] })], { 'ours / theirs': 2 })
    const lower = (now: number) => fallen([figure({ values: [now], worse: 'more' })], { 'ours / theirs': 2 })
    expect(higher(1.71)).toEqual([])
    expect(higher(1.69)).toEqual(['ours / theirs: 1.690, recorded 2.000'])
    expect(lower(2.29)).toEqual([])
    expect(lower(2.31)).toEqual(['ours / theirs: 2.310, recorded 2.000'])
    expect(middle(figure({}))).toBe(2)
  })

  it('lets a new ratio pass', () => {
    expect(fallen([figure({ values: [0] })], {})).toEqual([])
  })
})
