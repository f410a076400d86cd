import { describe, expect, it } from 'vitest'
import { statementsOf } from '../../index/statements/extract.ts'

/** Each statement's mention, speaker and role. */
function speakers(text: string) {
  return statementsOf(text, { title: 'A report', published: null, publishedFrom: null }).map((s) => [s.mention, s.speaker, s.role])
}

function last(text: string) {
  return speakers(text).at(-1)
}

describe('a name', () => {
  it.each([
    ['a surname', 'Odile Marchetti came late. Marchetti said the ferry was old.', ['Marchetti', 'Odile Marchetti', null]],
    ['a title and a surname', 'Odile Marchetti came late. Ms Marchetti said the ferry was old.', ['Ms Marchetti', 'Odile Marchetti', null]],
    ['a name nothing else is known of', 'Marchetti said the ferry was old.', ['Marchetti', 'Marchetti', null]],
    ['somebody of somebody', 'Odile Marchetti left. Marchetti’s deputy said the ferry was old.', ['Marchetti’s deputy', 'Marchetti’s deputy', null]],
    [
      'somebody for somebody',
      'Odile Marchetti left. A spokesman for Marchetti said the ferry was old.',
      ['A spokesman for Marchetti', 'spokesman for Marchetti', null],
    ],
  ])('resolves %s', (_, text, expected) => {
    expect(last(text)).toEqual(expected)
  })

  // The role comes out as "Odil".
  it('resolves a first name that nobody else has', () => {
    expect(last('Odile Marchetti came late. Odile said the ferry was old.')).toEqual(['Odile', 'Odile Marchetti', null])
  })

  it('tells two of one surname apart by the full name', () => {
    const text = 'Anna Bell and David Bell came. Anna Bell said the ferry was old. David Bell said it was new.'
    expect(speakers(text).map(([, speaker]) => speaker)).toEqual(['Anna Bell', 'David Bell'])
  })
})

describe('a pronoun', () => {
  const two = 'Mary Hollis met David Kern at the pier.'
  it.each([
    ['the woman of the sentence before', `${two} She said the ferry was old.`, ['She', 'Mary Hollis', null]],
    ['the man of the sentence before', `${two} He said the ferry was old.`, ['He', 'David Kern', null]],
    ['the nearer of two women', 'Mary Hollis left. Susan Vane stayed. She said the ferry was old.', ['She', 'Susan Vane', null]],
    ['the one who spoke last', 'Mary Hollis said the ferry was old. The pier was new. She said it would hold.', ['She', 'Mary Hollis', null]],
    ['the one who spoke and not whom she spoke of', 'Mary Hollis said the ferry was old.\n\n“Susan Vane built it,” she said.', ['she', 'Mary Hollis', null]],
    ['the subject of its own sentence', 'Susan Vane stayed. Mary Hollis laughed when she said the ferry was old.', ['she', 'Mary Hollis', null]],
    ['one by the title', 'Ms Sorrel Quade came. Mr Linden Ashe left. She said the ferry was old.', ['She', 'Sorrel Quade', null]],
    ['nobody known', 'The pier was new. She said the ferry was old.', ['She', 'She', null]],
    ['a body', 'The River Board met. The River Board said the ferry was old. It said the pier was new.', ['It', 'River Board', null]],
  ])('stands for %s', (_, text, expected) => {
    expect(last(text)).toEqual(expected)
  })
})

describe('a role', () => {
  it.each([
    ['after the name', 'Odile Marchetti, the harbour master, said the ferry was old.', 'harbour master'],
    ['before the name', 'Harbour master Odile Marchetti said the ferry was old.', 'Harbour master'],
    ['before the name, set off', 'The harbour master, Odile Marchetti, said the ferry was old.', 'harbour master'],
    ['in brackets', 'Odile Marchetti (harbour master) came late. Marchetti said the ferry was old.', 'harbour master'],
    ['as a title', 'Mayor Odile Marchetti said the ferry was old.', 'Mayor'],
    ['in a clause', 'Odile Marchetti, who chairs the ferry committee, said the ferry was old.', 'chairs the ferry committee'],
    [
      'where another sentence gives it',
      'Odile Marchetti is here. Odile Marchetti, a marine engineer, left. Marchetti said the ferry was old.',
      'marine engineer',
    ],
  ])('is read %s', (_, text, role) => {
    expect(last(text)?.slice(1)).toEqual(['Odile Marchetti', role])
  })

  // It comes out as "U.S. ambassador,".
  it('ends without the comma that sets it off', () => {
    expect(last('The U.S. ambassador, Odile Marchetti, said the ferry was old.')?.[2]).toBe('U.S. ambassador')
  })
})

describe('a description', () => {
  it.each([
    [
      'the one of that role',
      'Odile Marchetti, the mayor of Sund, came. The pier was new. The mayor said the ferry was old.',
      ['The mayor', 'Odile Marchetti', 'mayor of Sund'],
    ],
    [
      'the one of two with that role',
      'Odile Marchetti, the mayor of Sund, met Bruno Castell, a marine engineer. The engineer said the ferry was old.',
      ['The engineer', 'Bruno Castell', 'marine engineer'],
    ],
    [
      'the one an indefinite description introduced',
      'A spokesperson for the Sund Embassy said the ferry was old. The spokesperson said the pier was new.',
      ['The spokesperson', 'spokesperson for the Sund Embassy', null],
    ],
    [
      'the one introduced without speaking',
      'A spokesperson for the Sund Embassy on Thursday showed the plans. The spokesperson said the pier was new.',
      ['The spokesperson', 'spokesperson for the Sund Embassy', null],
    ],
    ['its own words when nothing introduced it', 'A retired sailor said the ferry was old.', ['A retired sailor', 'retired sailor', null]],
    [
      'who issued a paper',
      'A statement by the River Board on Sept 11 said the ferry was old.',
      ['A statement by the River Board on Sept 11', 'River Board', null],
    ],
    ['several together', 'Two sailors said the ferry was old.', ['Two sailors', 'Two sailors', null]],
  ])('stands for %s', (_, text, expected) => {
    expect(last(text)).toEqual(expected)
  })

  // It comes out as "report".
  it('stands for who issued the report that words are according to', () => {
    expect(last('The ferry is old, according to a report by the River Board.')?.[1]).toBe('River Board')
  })
})
