import { describe, expect, it } from 'vitest'
import { sentencesOf, trimmed } from '../../index/sentences.ts'

const sentences = (text: string) => sentencesOf(text).map(({ start, end }) => text.slice(start, end))

describe('an abbreviation does not end a sentence', () => {
  it.each([
    'The pier reopened on Nov. 26 after a storm.',
    'It was first seen by U.S. officials in the spring.',
    'The ferry sails to St. Johns on Mondays.',
    'A memorandum by Nicholas E. Golovin was found.',
    'The oldest chart (c. 1455) hangs in the hall.',
    'The engineer, Dr. Ferrand, withdrew the plan.',
    'No. 5 buoy must be moved 35 metres.',
    'The meeting began at 9 a.m. and ended at noon.',
    'Small boats, e.g. dinghies, may pass.',
    'Capt. Nerys Tolgarth told the meeting so.',
    'See pp. 14 to 20 of the report.',
    'J. R. R. Tolkien wrote it.',
  ])('%s', (sentence) => {
    expect(sentences(`Before it stood this. ${sentence} After it came that.`)).toEqual(['Before it stood this.', sentence, 'After it came that.'])
  })
})

describe('a sentence ends', () => {
  it.each([
    ['after an abbreviation that a new sentence follows', ['The ship left the U.S.', 'The crew stayed behind.']],
    ['after a time of day at its end', ['The vote was at 7 p.m.', 'It was close.']],
    ['after a lone capital', ['They chose plan B.', 'It failed.']],
    ['after its closing quotation mark', ['“We will wait.”', '“For how long?”', 'Nobody knew.']],
    ['after a question and a cry', ['Who asked?', 'Nobody!', 'So be it.']],
  ])('%s', (_, expected) => {
    expect(sentences(expected.join(' '))).toEqual(expected)
  })
})

it('keeps what is said and who says it together', () => {
  const text = '“Will it hold?” asked the mayor. “It must!” she was told.'
  expect(sentences(text)).toEqual(['“Will it hold?” asked the mayor.', '“It must!” she was told.'])
})

const WRAPPED = [
  'The harbour was closed for a week because of the storm that came in',
  'from the north and broke the pier in two places. It opened again on',
  'Monday.',
]

it('reads hard-wrapped lines as running text', () => {
  const [first, second] = sentences(WRAPPED.join('\n'))
  expect(first).toBe(`${WRAPPED[0]}\nfrom the north and broke the pier in two places.`)
  expect(second).toBe('It opened again on\nMonday.')
})

// A line end of two characters is taken for an empty line: `\r\n?` gives its `\n` back to the second half of the pattern.
it('reads hard-wrapped lines with Windows line ends as running text', () => {
  expect(sentences(WRAPPED.join('\r\n'))).toHaveLength(2)
})

it('ends a sentence at a line that its writer ended', () => {
  expect(sentences('Minutes\nPresent: the mayor\nThe meeting was opened by the mayor at seven in the evening.')).toHaveLength(3)
})

describe('a line break within a sentence does not end it', () => {
  it.each([
    ['before a small letter', 'The harbour board will meet again on the day after the\nvote of the council in the spring of next year.'],
    ['before the lowered index of a symbol', 'The divers breathed a mixture that was poor in pure O\n2 and rich in helium, the report says.'],
    ['in a formula', 'The kiln gave off so much CO\n2 that the shed was closed.'],
  ])('%s', (_, sentence) => {
    expect(sentences(`It was so. ${sentence} It stayed so.`)).toEqual(['It was so.', sentence, 'It stayed so.'])
  })

  it.each([
    ['in a numbered list', ['1. The board keeps its offices and its stores in the UK', '2. The board keeps a ship']],
    ['in a lettered list', ['The board keeps its offices where they have always been', 'b) in a street by the harbour']],
    ['in a list of short items', ['ropes and tar', 'sails']],
    ['between items that end in semicolons', ['the keeping of the harbour, its walls and its lights;', 'the keeping of its boats.']],
  ])('but does %s', (_, lines) => {
    // A line that is much wider tells that the others were not wrapped.
    const wide = `${'All of it was read to the members of the board '.repeat(3)}in the hall.`
    expect(sentences([...lines, wide].join('\n'))).toEqual([...lines, wide])
  })
})

it.each(['\n\n', '\r\n\r\n', '\r\r', '\n \t\n'])('ends a sentence at an empty line (%j)', (gap) => {
  expect(sentences(`An unfinished${gap}sentence.`)).toEqual(['An unfinished', 'sentence.'])
})

const endless = (sentences: number) => 'The bar shut the harbour on 41 tides last year. '.repeat(sentences)

it('divides one endless line', () => {
  const spans = sentencesOf(endless(2000))
  expect(spans).toHaveLength(2000)
  expect(spans[1999]).toEqual({ start: 1999 * 48, end: 1999 * 48 + 47 })
})

// Intl.Segmenter copies its whole input for every segment: 120,000 characters take .2 s, 480,000 take 7 s.
it('divides an endless line in time that grows with its length', () => {
  const time = (run: () => unknown) => {
    const start = performance.now()
    run()
    return performance.now() - start
  }
  time(() => sentencesOf(endless(500)))
  const [short, long] = [time(() => sentencesOf(endless(1000))), time(() => sentencesOf(endless(6000)))]
  expect(long).toBeLessThan(6 * short + 500)
})

it('keeps a line without any end whole', () => {
  const line = `${'word '.repeat(20_000)}end`
  expect(sentences(line)).toEqual([line])
})

it.each([
  ['Arabic', ['وصلت السفينة إلى الميناء.', 'هل غادر الطاقم؟', 'لا أحد يعرف.']],
  ['Hebrew', ['הספינה הגיעה לנמל.', 'הצוות נשאר על הסיפון.']],
  ['Chinese', ['港口关闭了一周。', '码头在哪里？', '没有人知道。']],
  ['Japanese', ['港は一週間閉鎖された。', 'いつ開くのか。']],
])('divides %s', (language, expected) => {
  expect(sentences(expected.join(language === 'Chinese' || language === 'Japanese' ? '' : ' '))).toEqual(expected)
})

it('finds none where there is only white space', () => {
  expect(['', ' \n\t\r\n ', '\u00a0\u2028\ufeff'].map((text) => sentences(text))).toEqual([[], [], []])
})

it('looks only at the part it is asked for, with offsets in the whole text', () => {
  expect(sentencesOf('One. Two. Three.', 5, 10)).toEqual([{ start: 5, end: 9 }])
})

it('trims a span and gives null for white space', () => {
  expect(trimmed('  a b \n', 0, 7)).toEqual({ start: 2, end: 5 })
  expect(trimmed(' \n ', 0, 3)).toBeNull()
})
