import { describe, expect, it } from 'vitest'
import { blocksOf } from '../../index/loaders/pdf/columns.ts'
import { factsOfMetadata } from '../../index/loaders/pdf/facts.ts'
import { joinerOf } from '../../index/loaders/pdf/hyphens.ts'
import { type Item, layersOf } from '../../index/loaders/pdf/items.ts'
import { type Line, piecesOf } from '../../index/loaders/pdf/lines.ts'
import { runningLines } from '../../index/loaders/pdf/running.ts'
import { textOf } from '../../index/loaders/pdf/text.ts'

const SIZE = 10
const LEADING = 12

/** An item at a place; letters are half as wide as the size. */
function at(left: number, base: number, text: string, more: Partial<Item> = {}): Item {
  const size = more.size ?? SIZE
  return { text, left, right: left + (text.length * size) / 2, base, size, font: 'f', spaced: false, ...more }
}

/** The lines of a text, one below the other. */
function column(left: number, top: number, lines: string[], more: Partial<Item> = {}): Item[] {
  return lines.map((line, i) => at(left, top + i * LEADING, line, more))
}

const read = (...pages: Item[][]) => textOf(pages.map((items) => ({ blocks: blocksOf(piecesOf(items)), height: 800 })))
const textFor = (...pages: Item[][]) => read(...pages).text

const LEFT = ['The board met on the evening', 'of Tuesday and heard a long', 'account of what the works in', 'the inner basin had cost.']
const RIGHT = ['Nobody could say when boats', 'would be let in again at all', 'states of the tide, although', 'some had asked it before.']

describe('the lines of a page', () => {
  const textsOf = (items: Item[]) => piecesOf(items).map(({ text }) => text)

  it('are read from the left, whatever was drawn first, with a space where there is one', () => {
    expect(textsOf([at(60, 100, 'board'), at(40, 100, 'The'), at(85, 100, 's')])).toEqual(['The boards'])
  })

  it('keep raised figures apart from the numbers before them', () => {
    const note = at(70, 96, '1', { size: 6 })
    expect(textsOf([at(40, 100, 'the log', { spaced: true }), at(75.2, 96, '1', { size: 6 })])).toEqual(['the log¹'])
    expect(textsOf([at(40, 100, '£5,200'), note, at(76, 100, 'was paid')])).toEqual(['£5,200¹ was paid'])
  })

  it('close up words whose letters are spaced out, and what is drawn twice to look bold', () => {
    expect(textsOf([at(40, 100, 'N O T I C E')])).toEqual(['NOTICE'])
    expect(textsOf([at(40, 100, 'Notice'), at(40.5, 100, 'Notice')])).toEqual(['Notice'])
  })

  it('are read from the right in Arabic, with numbers in their own order', () => {
    expect(textsOf([at(100, 100, 'السفن'), at(60, 100, '12 14', { right: 95 }), at(30, 100, '.ميناء', { right: 55 })])[0]).toMatch(/^السفن 12 14 /)
  })
})

describe('columns', () => {
  it('are read one after the other, below what stands across them and before what follows', () => {
    const wide = 'A heading that stands across both of the columns below'
    const end = 'The next meeting is open to all who live in the town and county.'
    const text = textFor([at(40, 80, wide, { size: 14 }), ...column(40, 110, LEFT), ...column(200, 110, RIGHT), at(40, 190, end)])
    expect(text.split('\n\n')).toEqual([wide, LEFT.join(' '), RIGHT.join(' '), end])
  })

  it('are told from tables, whose rows are lines', () => {
    const cells = [
      ['Harbour', '5,200', '3,150'],
      ['Roads', '2,480', '2,611'],
      ['Library', '914', '902'],
    ]
    const items = cells.flatMap((row, i) => row.map((cell, j) => at(40 + j * 90, 100 + i * 20, cell)))
    expect(textFor(items)).toBe('Harbour | 5,200 | 3,150\nRoads | 2,480 | 2,611\nLibrary | 914 | 902')
  })

  it('are found in a table whose cells all but touch, by the words that begin at their edge in other rows', () => {
    const rows = [
      [at(40, 100, 'Action'), at(175, 100, 'Who'), at(290, 100, 'Cost')],
      [at(40, 120, 'Write to the operator'), at(175, 120, 'Secretary'), at(290, 120, 'none')],
      [at(40, 140, 'Ask for the winter figures Rosalind Penhale'), at(290, 140, '£1,200')],
      [at(40, 160, 'Visit the workshop'), at(175, 160, 'All of the members'), at(290, 160, '£85')],
      [at(40, 180, 'Order the display'), at(175, 180, 'Treasurer'), at(290, 180, '£3,910')],
    ]
    expect(textFor(rows.flat()).split('\n')).toEqual([
      'Action | Who | Cost',
      'Write to the operator | Secretary | none',
      'Ask for the winter figures | Rosalind Penhale | £1,200',
      'Visit the workshop | All of the members | £85',
      'Order the display | Treasurer | £3,910',
    ])
  })

  it('do not part a number from those beside it, though a heading may begin like it', () => {
    expect(piecesOf([at(40, 100, '6.50'), at(90, 100, '32')]).map(({ text }) => text)).toEqual(['6.50', '32'])
    expect(piecesOf([at(40, 100, '6.50'), at(90, 100, 'Scope')]).map(({ text }) => text)).toEqual(['6.50 Scope'])
  })

  it('are none where a speaker is named before the words, or a number before a note', () => {
    const said = [at(40, 112, 'THE CHAIR:'), at(120, 112, 'Nobody could say when the'), at(120, 124, 'boats would be let in.')]
    const asked = [at(40, 142, 'COUNCILLOR OF VALE:'), at(160, 142, 'Will they pay for it,'), at(120, 154, 'as they said they would?')]
    const noted = [at(40, 184, '1'), at(60, 184, 'Minutes of the ninth of June.'), at(40, 196, '2'), at(60, 196, 'Annual report of the board.')]
    expect(textFor([...said, ...asked, ...noted]).split(/\n+/)).toEqual([
      'THE CHAIR: Nobody could say when the boats would be let in.',
      'COUNCILLOR OF VALE: Will they pay for it, as they said they would?',
      '1 Minutes of the ninth of June.',
      '2 Annual report of the board.',
    ])
  })

  it('are none in a line whose few words are spread over it', () => {
    const items = [
      at(40, 100, 'passenger'),
      at(130, 100, 'statistics'),
      at(225, 100, 'for'),
      ...column(40, 112, ['December and for the spring are now', 'available.']),
    ]
    expect(textFor(items)).toBe('passenger statistics for December and for the spring are now available.')
  })

  it('keep the lines of a cell together, and a speaker beside the words', () => {
    const items = [at(40, 100, 'MS ODUYA'), ...column(120, 100, LEFT), at(40, 148, 'CLLR VALE'), ...column(120, 148, ['Will they pay for it?'])]
    expect(textFor(items)).toBe(`MS ODUYA | ${LEFT.join(' ')}\nCLLR VALE | Will they pay for it?`)
  })
})

describe('paragraphs', () => {
  it('end where a line is set in, where there is more space, and where the next word would have fitted', () => {
    const set = [at(50, 148, 'Boats came in at five, when'), at(40, 160, 'nobody had thought of it and'), at(40, 172, 'the sea was calm.')]
    expect(textFor([...column(40, 100, LEFT), ...set]).split('\n\n')).toEqual([LEFT.join(' '), set.map(({ text }) => text).join(' ')])
    expect(textFor([...column(40, 100, LEFT), ...column(40, 154, RIGHT)]).split('\n\n')).toHaveLength(2)
    expect(textFor(column(40, 100, ['Customs House', '1 Quay Street', 'A town with a very long name']))).toBe(
      'Customs House\n1 Quay Street\nA town with a very long name',
    )
  })

  it('go on over pages, around the notes of the first, and each page is where its words begin', () => {
    const note = at(40, 780, '¹ Annual report of the board.', { size: 8 })
    const [first, second] = [LEFT.slice(0, 3), [LEFT[3] as string]]
    const { text, pages } = read(
      [...column(40, 700, [...RIGHT, '']).slice(0, 4), ...column(40, 754, first.slice(0, 2)), note],
      column(40, 60, [...first.slice(2), ...second]),
    )
    expect(text.split('\n\n')).toEqual([RIGHT.join(' '), '¹ Annual report of the board.', LEFT.join(' ')])
    expect(text.slice(pages[1])).toBe(LEFT.slice(2).join(' '))
  })

  it('put each item of a list on a line', () => {
    expect(textFor(column(40, 100, ['• The treasurer reports in', 'October.', '• The pumps stop at ten.']))).toBe(
      '• The treasurer reports in October.\n• The pumps stop at ten.',
    )
  })
})

describe('a hyphen at the end of a line', () => {
  const text = (known: string, before: string, after: string, divides = true) => {
    const { between, closes } = joinerOf([known, ...(divides ? ['divi-', 'ded'] : Array(99).fill('whole lines')), before, after])(before, after)
    return (closes ? before.slice(0, -1) : before) + between + after
  }

  it('goes with the word it divides, and stays in one that the document writes with it', () => {
    expect(text('dredging works', 'dred-', 'ging')).toBe('dredging')
    expect(text('a long-term plan', 'long-', 'term')).toBe('long-term')
    expect(text('', 'Hafenver-', 'waltung')).toBe('Hafenverwaltung')
    expect(text('', 'well-', 'lit', false)).toBe('well-lit')
  })

  it('stays before names, numbers and the other half of a pair', () => {
    expect(text('', 'Anglo-', 'Norman')).toBe('Anglo-Norman')
    expect(text('', '2019-', '2025')).toBe('2019-2025')
    expect(text('', 'Haupt-', 'und Nebenwege')).toBe('Haupt- und Nebenwege')
  })
})

describe('headers and footers', () => {
  const page = (...lines: [number, string][]) => ({
    lines: lines.map(([base, text]) => ({ text, base, left: 0, right: 9, size: 9, font: 'f' }) as Line),
    height: 800,
  })
  const dropped = (...pages: ReturnType<typeof page>[]) => [...runningLines(pages)].map(({ text }) => text)

  it('are what stands in the same place of many pages, and what counts them', () => {
    const pages = [1, 2, 3, 4].map((n) => page([40, 'Report'], [300, 'Report'], [760, `Page ${n} of 4`], [770, 'ivxl'.charAt(0).repeat(Math.min(n, 3))]))
    expect(dropped(...pages).filter((text) => text === 'Report')).toHaveLength(4)
    expect(dropped(...pages)).toEqual(expect.arrayContaining(['Page 1 of 4', 'Page 4 of 4', 'iii']))
  })

  it('are never what occurs once, nor numbers that do not count pages', () => {
    const pages = ['12,500', '914', '8,200'].map((number, i) => page([40, `Heading ${'abc'.charAt(i)}`], [760, number]))
    expect(dropped(...pages)).toEqual([])
    expect(dropped(page([40, 'Report'], [780, '1']))).toEqual([])
  })
})

it('text that is turned is read after the rest of its page, from where its letters begin', () => {
  const run = (matrix: number[], str: string) => ({ str, matrix, width: 30, height: 10, fontName: 'f', vertical: false })
  const layers = layersOf([run([0, -10, -10, 0, 20, 300], 'aside'), run([10, 0, 0, -10, 50, 100], 'a longer text')], 600, 800)
  expect(layers.map(({ items }) => items.map(({ text }) => text))).toEqual([['a longer text'], ['aside']])
})

it('facts are taken from what a person wrote, not from what a program put in', () => {
  const facts = (info: Record<string, unknown>, xmp: Record<string, unknown> = {}) => factsOfMetadata({ info, xmp: (key) => xmp[key] })
  expect(facts({ Title: ' The quay  wall ', Author: 'M. Oduya', CreationDate: "D:20250511093000+02'00'" })).toEqual({
    title: 'The quay wall',
    author: 'M. Oduya',
    published: '2025-05-11',
  })
  expect(facts({ Title: '港务委员会', Author: 'Ø' })).toEqual({ title: '港务委员会', author: 'Ø' })
  for (const Title of ['Microsoft Word - minutes.doc', 'untitled', 'Untitled-1', 'report_final.indd', 'C:\\docs\\a', '---'])
    expect(facts({ Title, Author: 'Administrator', CreationDate: 'D:19700101' })).toEqual({})
  expect(facts({ Title: 'untitled', CreationDate: 'D:2999' }, { 'dc:title': 'Tides', 'dc:creator': ['A. B.', 'C. D.'] })).toEqual({
    title: 'Tides',
    author: 'A. B., C. D.',
  })
})
