import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compare } from '../../eval/compare.ts'
import { comparisonPage } from '../../eval/comparison-report.ts'
import { figuresOf } from '../../eval/figures.ts'
import { runPage } from '../../eval/report.ts'
import { type Judged, type Run, readRun } from '../../eval/run.ts'
import { comparisonAsText, runAsText } from '../../eval/table.ts'
import { failureOf, temporaryFolder } from '../fixtures.ts'
import { HOSTILE, question, runOf } from '../measured-run.ts'

const right = (id: string, isRight: boolean): Judged => question({ id, quotes: [{ ...(question().quotes[0] as Judged['quotes'][number]), right: isRight }] })

describe('the report', () => {
  it('is one page that names nothing outside itself and has no script', () => {
    const page = runPage(runOf([question()]))
    expect(page).not.toMatch(/<script|\son\w+=|\bsrc=|\bhref=|url\(|@import|https?:/i)
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/)
  })

  it('forbids everything but its own style', () => {
    const page = runPage(runOf([question()]))
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(page).toContain(`content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`)
    expect(page.match(/<style/g)).toHaveLength(1)
    expect(page).not.toContain(' style=')
  })

  it('shows what questions and documents say as text', () => {
    const hostile = question({
      id: HOSTILE,
      question: HOSTILE,
      understood: `${HOSTILE}?`,
      kind: HOSTILE,
      expected: [{ doc: HOSTILE, words: HOSTILE }],
      status: 'partial',
      missing: [HOSTILE],
      quotes: [{ quote: HOSTILE, path: HOSTILE, line: 1, score: 1, right: false, inPlace: false }],
    })
    const run = { ...runOf([hostile, question({ kind: 'other' })]), notes: [HOSTILE] }
    run.set.name = HOSTILE
    for (const page of [runPage(run), comparisonPage(compare(runOf([question({ id: HOSTILE })]), run))]) {
      expect(page).not.toMatch(/<(?:img|script|b)\b/)
      expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;')
    }
  })

  it('has a table beside each plot, and a name and description in each', () => {
    const page = runPage(runOf([question(), question({ id: 'absent', answerable: false, status: 'not-on-record', odds: -3, expected: [], quotes: [] })]))
    expect(page.match(/<svg /g)).toHaveLength(3)
    expect(
      page.match(/<svg [^>]*role="img" aria-labelledby="(\w+)-title \1-desc"><title id="\1-title">[^<]+<\/title><desc id="\1-desc">[^<]+<\/desc>/g),
    ).toHaveLength(3)
    expect(page.match(/<details><summary>As numbers<\/summary><table>/g)).toHaveLength(3)
    expect(page).not.toMatch(/NaN|Infinity|undefined/)
  })

  it('shows the worst misses, the surest first', () => {
    const misses = [
      question({ id: 'unsure', question: 'Unsure?', odds: 0, quotes: [] }),
      question({ id: 'sure', question: 'Sure?', odds: 4, quotes: [] }),
      question({ id: 'refused', question: 'Refused?', status: 'not-on-record' }),
      question({ id: 'absent', question: 'Absent?', answerable: false, expected: [] }),
    ]
    const page = runPage(runOf(misses))
    const places = ['Wrong first quotes', 'Sure?', 'Unsure?', 'Wrongly refused', 'Refused?', 'Wrongly answered', 'Absent?'].map((words) =>
      page.indexOf(`>${words}<`),
    )
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places[0]).toBeGreaterThan(0)
  })

  it('of a run with nothing in it is a page all the same', () => {
    const page = runPage({ ...runOf([]), complete: false })
    expect(page).toContain('Interrupted')
    expect(page).not.toMatch(/NaN|Infinity|undefined/)
  })
})

describe('the table', () => {
  it('has each figure with its interval and its number, and says when a run is incomplete', () => {
    const run = runOf([right('a', true), right('b', false)])
    expect(runAsText(run)).toMatch(/quote@1 +\.500 +\.095 – \.905 +2 /)
    expect(runAsText(run)).toMatch(/^questions\.json: 2 questions on 3 documents, 9 passages; 2026-01-02\n/)
    expect(runAsText({ ...run, complete: false })).toMatch(/^questions\.json: INCOMPLETE: 2 of 2 questions/)
  })
})

describe('two runs', () => {
  const before = runOf([right('a', true), right('b', false), right('c', false), right('d', true)])
  const after = runOf([right('a', true), right('b', true), right('c', true), right('d', false), right('e', true)])

  it('of the same set are compared question by question', () => {
    const { paired, figures } = compare(before, after)
    expect([paired?.questions, paired?.won.map((p) => p.after.id), paired?.lost.map((p) => p.after.id), paired?.p]).toEqual([4, ['b', 'c'], ['d'], 1])
    expect(figures.find(({ figure }) => figure.name === 'quote@1')).toMatchObject({ before: 0.5, after: 0.8, difference: expect.closeTo(0.3) })
    const text = comparisonAsText(compare(before, after))
    expect(text).toMatch(/quote@1 +\.500 +\.800 +\+\.300/)
    expect(text).toMatch(/4 answerable questions in both: 2 won, 1 lost \(McNemar's exact test: p = 1\.000\)\n {2}won {3}b .*\n {2}won {3}c .*\n {2}lost {2}d /)
  })

  it('of different sets are compared by their figures alone', () => {
    const other: Run = { ...after, set: { ...after.set, sha256: 'other' } }
    expect(compare(before, other).paired).toBeNull()
    expect(comparisonAsText(compare(before, other))).toContain('not paired')
    expect(comparisonPage(compare(before, other))).toContain('not paired')
  })

  it('are read from files, and what is no run is refused with its name', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'run.json'), JSON.stringify(before))
    expect(await readRun(join(folder, 'run.json'))).toEqual(before)
    await writeFile(join(folder, 'bad.json'), JSON.stringify({ ...before, figures: figuresOf([]), questions: [{}] }))
    expect(await failureOf(readRun(join(folder, 'bad.json')))).toMatchObject({
      code: 'RUN_INVALID',
      message: expect.stringMatching(/bad\.json is no run.*questions\.0/),
    })
    expect(await failureOf(readRun(join(folder, 'none.json')))).toMatchObject({ code: 'RUN_INVALID', message: expect.stringContaining('ENOENT') })
  })
})
