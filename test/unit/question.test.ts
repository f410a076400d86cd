import { describe, expect, it } from 'vitest'
import { type AnswerType, holdsType, readQuestion } from '../../answer/question.ts'
import { isStop } from '../../index/stop-words.ts'
import { termsOf } from '../../index/terms.ts'

const anchors = (text: string) => readQuestion(text).anchors.map((a) => a.text)

it('searches by the content words of a question, each once', () => {
  expect(readQuestion('What did the harbour master say about the harbour?').terms).toEqual(termsOf('harbour master'))
})

it('searches by all words of a question that has no others', () => {
  expect(readQuestion('Who is it?').terms).toEqual(['who', 'is', 'it'])
  expect(readQuestion('?!').terms).toEqual([])
})

it('knows a function word with and without a contraction', () => {
  expect(["What's", 'they’re', 'THE', 'isn'].map(isStop)).toEqual([true, true, true, false])
})

describe('the names, numbers and dates of a question', () => {
  it.each<[string, string[]]>([
    ['What did Nerys Tolgarth say in July 2025?', ['Nerys Tolgarth', 'July', '2025']],
    ['Harbours cost how much?', []],
    ['Did it cost £5,200,000 or 12 percent?', ['5,200,000', '12']],
    ['What may march on?', []],
    ['What happened in May?', ['May']],
    ['It is so. Why did Ostling Wind leave?', ['Ostling Wind']],
    ['WHAT DID THE MAYOR OF HALDERSEA SAY', []],
    ['What Did The Mayor Say About Haldersea?', []],
  ])('%s', (question, expected) => {
    expect(anchors(question)).toEqual(expected)
  })
})

it.each(['US', 'U.S.'])('takes %s for a country', (country) => {
  const { terms, anchors } = readQuestion(`What did the ${country} say?`)
  expect([terms, anchors.length]).toEqual([['us'], 1])
})

it('searches for no word that only asks for a number', () => {
  expect(readQuestion('How many boats are there?').terms).toEqual(['boat'])
})

describe('the kind of answer', () => {
  it.each<[AnswerType, string]>([
    ['number', 'How many boats are there?'],
    ['number', 'What was the cost of the trench?'],
    ['time', 'When did it close?'],
    ['time', 'In what year was it dug?'],
    ['name', 'What is the name of the spokesperson?'],
    ['name', 'What is the engineer called?'],
    ['person', 'Who is the mayor?'],
    ['place', 'Where do boats wait?'],
    ['other', 'Why was the pier built?'],
    ['other', 'What is the name of the ship?'],
  ])('%s: %s', (type, question) => {
    expect(readQuestion(question).type).toBe(type)
  })
})

describe('a sentence holds what is asked for', () => {
  it.each<[boolean, string, string]>([
    [true, 'How many boats are there?', 'There are 44 of them.'],
    [true, 'How many boats are there?', 'There are nineteen.'],
    [false, 'How many boats are there?', 'There are a lot.'],
    [false, 'How many boats were there in 1998?', 'In 1998 there were a lot.'],
    [true, 'When did it close?', 'It closed on Tuesday.'],
    [true, 'When did it close?', 'It closed in 1998.'],
    [false, 'When did it close?', 'It closed early.'],
    [true, 'What is the engineer called?', 'The engineer, Agnes Thirkell, agreed.'],
    [false, 'What is the engineer called?', 'The engineer agreed.'],
    [true, 'Who is the mayor?', 'The mayor is Pyle.'],
    [false, 'Who is the mayor?', 'The mayor agreed.'],
    [false, 'Who is Pyle?', 'This is Pyle.'],
    [true, 'Where do boats wait?', 'They wait off Haldersea.'],
    [false, 'Why?', 'Because of 44 boats.'],
  ])('%s: %s %s', (expected, question, sentence) => {
    expect(holdsType(readQuestion(question), sentence)).toBe(expected)
  })
})
