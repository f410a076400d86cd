import { describe, expect, it } from 'vitest'
import { shareAddress, sharedQuestion } from '../../client/page/shared-question.ts'

const BASE = 'https://example.org/record/'

describe('a shared link', () => {
  it('holds the question and its filters, whatever they are', () => {
    const question = '“50 %” & what? #1 <b>\n=x+y'
    const filters = { after: '2025-06', before: '2026', speaker: "O'Brien & Co", outlet: 'Ärger?', source: 'a/b#c' }
    const address = new URL(shareAddress(BASE, question, filters))
    expect(address.pathname).toBe('/record/')
    expect(sharedQuestion(address.search)).toEqual({ question, filters, ignored: [] })
  })

  it('without filters has only the question', () => {
    expect(shareAddress(BASE, 'Why?', {})).toBe(`${BASE}?q=Why%3F`)
  })

  it.each(['', '?', '?x=1', '?after=2025'])('%j is none', (search) => {
    expect(sharedQuestion(search)).toBeNull()
  })

  it.each(['?q=', '?q=%20%0A', `?q=${'x'.repeat(1001)}`, '?q=a&q=b'])('%.20s holds no question that can be asked', (search) => {
    expect(sharedQuestion(search)?.question).toBeNull()
  })

  it('takes a question of 1000 characters, as the server counts them', () => {
    expect(sharedQuestion(`?q=${encodeURIComponent('🚢'.repeat(1000))}`)?.question).toHaveLength(2000)
  })

  it.each([
    ['after=2025-02-30', 'after'],
    ['before=javascript:alert(1)', 'before'],
    ['speaker=', 'speaker'],
    [`outlet=${'x'.repeat(201)}`, 'outlet'],
    ['source=a&source=b', 'source'],
  ])('leaves out %.30s and says so', (query, name) => {
    expect(sharedQuestion(`?q=Why&${query}`)).toEqual({ question: 'Why', filters: {}, ignored: [name] })
  })

  it('does not mind parameters of others', () => {
    expect(sharedQuestion('?q=Why&utm_source=x&__proto__=y')).toEqual({ question: 'Why', filters: {}, ignored: [] })
  })
})
