import { describe, expect, it } from 'vitest'
import { statementsOf } from '../../index/statements/extract.ts'

function said(text: string, title = 'A report') {
  return statementsOf(text, { title, published: null, publishedFrom: null }).map((s) => [text.slice(s.start, s.end), s.speaker, s.speech])
}

const INTERVIEW = `Odile Marchetti, the harbour master, sat down with us.

Q: Why is the ferry so old?

A: Nobody would pay for another.

Q: Who said it would sink?

A: Bruno Castell did. It floats.
`

describe('an interview', () => {
  it('gives the answers to the one who is interviewed, and has no statement of the questions', () => {
    expect(said(INTERVIEW)).toEqual([
      ['Nobody would pay for another.', 'Odile Marchetti', 'direct'],
      ['Bruno Castell did. It floats.', 'Odile Marchetti', 'direct'],
    ])
  })

  it('gives them to the one its title names', () => {
    const title = 'An evening with Bruno Castell'
    expect(said(INTERVIEW, title).map(([, speaker]) => speaker)).toEqual(['Bruno Castell', 'Bruno Castell'])
  })

  it('keeps the role and the label of the one who answers', () => {
    const [first] = statementsOf(INTERVIEW, { title: 'A report', published: null, publishedFrom: null })
    expect(first).toMatchObject({ mention: 'A', role: 'harbour master', cue: ':' })
  })

  it('is read with the labels written out', () => {
    const text = INTERVIEW.replaceAll('Q:', 'Question:').replaceAll('A:', 'Answer:')
    expect(said(text).map(([, speaker]) => speaker)).toEqual(['Odile Marchetti', 'Odile Marchetti'])
  })
})

describe('a transcript', () => {
  const text = `Minutes of the harbour board, with Odile Marchetti and Bruno Castell.

Marchetti: The ferry is old.
Castell: She said that last year.
Marchetti: It is older now.
And it leaks.
Castell: So do we all.

The board rose at noon.
`
  it('gives each turn to the one its label names, over lines, and to nobody what follows', () => {
    expect(said(text)).toEqual([
      ['The ferry is old.', 'Odile Marchetti', 'direct'],
      ['She said that last year.', 'Bruno Castell', 'direct'],
      ['It is older now.\nAnd it leaks.', 'Odile Marchetti', 'direct'],
      ['So do we all.', 'Bruno Castell', 'direct'],
    ])
  })

  it('keeps a label that names nobody known', () => {
    const lines = 'Chair: Order.\nClerk: The list is here.\nChair: Read it.\nClerk: It is empty.'
    expect(said(lines).map(([, speaker]) => speaker)).toEqual(['Chair', 'Clerk', 'Chair', 'Clerk'])
  })
})

it.each([
  ['two lines with labels', 'Chair: Order.\nClerk: The list is here.'],
  ['a list of different labels', 'Place: Sund Pier\nTime: Noon sharp\nPrice: Four crowns\nCrew: Eleven sailors'],
])('takes %s for no transcript', (_, text) => {
  expect(said(text).filter(([, , speech]) => speech === 'direct')).toEqual([])
})
