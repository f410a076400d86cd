import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figuresIn } from '../../answer/figures.ts'
import { figuresFor, type Quantity, quantityOf } from '../../answer/quantity.ts'

const read = (text: string) => figuresIn(text).map(({ text: words, value, unit }) => [words, value, unit])

describe('a figure', () => {
  it.each([
    ['It cost £95,000 to dig.', '£95,000', 95_000, '£'],
    ['The cut costs £3.4m.', '£3.4m', 3_400_000, '£'],
    ['They want 4.2 million crowns for it.', '4.2 million crowns', 4_200_000, 'crown'],
    ['They want four million crowns.', 'four million crowns', 4_000_000, 'crown'],
    ['They want six point eight million.', 'six point eight million', 6_800_000, null],
    ['Her estimate was still 4.2 million.', '4.2 million', 4_200_000, null],
    ['It would protect 310 houses.', '310 houses', 310, 'hous'],
    ['We hold the keys of 310 homes.', '310 homes', 310, 'hous'],
    ['There are 19 working boats.', '19 working boats', 19, 'boat'],
    ['She gave the number of working boats as 19.', '19', 19, 'boat'],
    ['The tide rose by 11 centimetres.', '11 centimetres', 11, 'centimetr'],
    ['The tide rose by eleven centimeters.', 'eleven centimeters', 11, 'centimetr'],
    ['It takes two summers.', 'two summers', 2, 'summer'],
    ['Turnout was 61%.', '61%', 61, 'percent'],
    ['Turnout was 61 per cent.', '61 per cent', 61, 'percent'],
    ['Carry forty-two thousand books upstairs.', 'forty-two thousand books', 42_000, 'book'],
    ['They dug 2,900 cubic metres.', '2,900 cubic metres', 2900, 'cubicmetr'],
    ['They need £60,000 a year.', '£60,000', 60_000, '£/year'],
  ])('in "%s" is "%s"', (text, words, value, unit) => {
    expect(read(text)).toEqual([[words, value, unit]])
  })

  it.each([
    ['a year', 'It was built in 1907 and again in 2021.'],
    ['a date', 'It was said on 12 March 2025, and on March 14.'],
    ['a time of day', 'The meeting closed at 21:10, or at nine o’clock.'],
    ['an age', 'Tolgarth, 61, is 61 years old.'],
    ['an age before a name', 'the 61-year-old harbour master'],
    ['the number of a page or an item', 'See page 12, item 4 and No. 5 buoy.'],
    ['a house in a street', 'She lives at 12 Capstan Row.'],
    ['a range', 'It costs between £4,000 and £6,000, or 4 to 6 boats.'],
    ['a part of a longer number', 'Call 0123-456-789.'],
  ])('is not %s', (_, text) => {
    expect(read(text)).toEqual([])
  })

  it('stands in its text as it is given, whatever the text', () => {
    const pieces = fc.constantFrom(
      'one',
      'two hundred',
      '4.2',
      ' million',
      ' crowns',
      '£',
      '1,000',
      '-',
      ' to ',
      ' houses',
      '%',
      '\n',
      'a ',
      '.',
      '2021',
      ' and ',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        const text = parts.join('')
        let last = 0
        for (const { start, end, text: words, value } of figuresIn(text)) {
          expect(text.slice(start, end)).toBe(words)
          expect(start).toBeGreaterThanOrEqual(last)
          expect(Number.isFinite(value)).toBe(true)
          last = end
        }
      }),
    )
  })
})

describe('what a question asks a figure of', () => {
  it.each([
    ['How much would the trench cost?', 'money'],
    ['What figure did Ferrand give for the price of the cut?', 'money'],
    ['How many boats fish from the Pool?', 'count'],
    ['What number of working boats did the Society give?', 'count'],
    ['How deep is the water over the bar?', 'measure'],
    ['How loud is the dredger?', 'measure'],
    ['By how much did the sand rise?', 'any'],
  ])('by "%s" is of the kind %s', (question, kind) => {
    expect(quantityOf(question)?.kind).toBe(kind)
  })

  it('is nothing when no figure is asked for', () => {
    expect(quantityOf('Who opened the meeting?')).toBeNull()
  })
})

describe('the figures that may answer', () => {
  const given = (question: string, text: string) => figuresFor(quantityOf(question) as Quantity, text).map((figure) => figure.text)

  it.each([
    ['are of the noun that is counted', 'How many boats are there?', 'There are 31 boats and 64 jobs.', ['31 boats']],
    ['are of those who do what is asked', 'How many people visit the pier?', 'It has 1,250 visitors and 14 lamps.', ['1,250 visitors']],
    ['are prices when a price is asked for', 'What does it cost?', 'For £95,000 they dig 60 metres in two weeks.', ['£95,000']],
    ['are not what a whole has', 'How much sand came back?', 'Of the 1.4 metres dug out, 0.9 metres had come back.', ['0.9 metres']],
    ['are not somebody else’s', 'What does it cost?', 'We have no quarrel with the surveyor’s £310,000.', []],
    ['are not what is denied', 'How many boats are there?', 'There are 31 boats, not 19 boats.', ['31 boats']],
    ['are not what is rejected', 'What does it cost?', 'Lusk rejected the figure of £5.2 million put about by the Society.', []],
    ['are no fine or grant when a price is asked for', 'What does the dredger cost?', 'It was fined £12,000 and the Board will pay £300,000.', []],
    ['are the fine that is asked about', 'What did the fine cost them?', 'It was fined £12,000.', ['£12,000']],
    ['are no bounds', 'What does it cost?', 'It may cost not more than £95,000, at least £40,000 and over £10,000.', []],
    ['are no lengths of what is asked of otherwise', 'How much sand came back?', 'The trench is 60 metres long.', []],
    ['are lengths when a length is asked for', 'How long is the trench?', 'The trench is 60 metres long.', ['60 metres']],
  ])('%s', (_, question, text, expected) => {
    expect(given(question, text)).toEqual(expected)
  })
})
