import { describe, expect, it } from 'vitest'
import { type Evidence, oddsOf, SHIPPED } from '../../answer/calibration.ts'
import { type CitedPassage, decide, evidenceOf } from '../../answer/decide.ts'
import { readQuestion } from '../../answer/question.ts'
import type { Quote } from '../../answer/quotes.ts'
import type { Retrieved } from '../../answer/retrieve.ts'
import type { Features } from '../../answer/select.ts'
import type { Source } from '../../index/types.ts'

const SOURCE: Source = {
  id: 'id',
  path: 'docs/a.txt',
  title: 'Minutes of the council',
  outlet: 'The Lantern',
  author: null,
  published: '2025-07-14',
  publishedFrom: 'text',
  url: null,
  mediaType: 'text/plain',
  sha256: '',
}

function evidence(text: string, words: string, cosine: number, source: Partial<Source> = {}) {
  const question = readQuestion(text)
  const retrieved: Retrieved = { candidates: [], idf: new Map(question.terms.map((t) => [t, 1])), unknown: [] }
  const features = { sentence: cosine, passage: cosine, words: cosine } as Features
  const quote: Quote = { start: 0, end: words.length, passage: 0, score: 1, features, alsoIn: [] }
  const passage: CitedPassage = { quote: words, text: words, source: { ...SOURCE, ...source } }
  return { question, retrieved, quote, passage }
}

function decided(text: string, words: string, cosine = 0.8, source: Partial<Source> = {}) {
  const { question, retrieved, quote, passage } = evidence(text, words, cosine, source)
  return decide(question, retrieved, [quote], [passage])
}

it('answers when a near sentence covers the question', () => {
  expect(decided('How did the vote end?', 'The vote ended in a draw.')).toMatchObject({ status: 'answered', missing: [] })
})

it('refuses when the nearest sentence is far, and names the words that stand nowhere', () => {
  const { question, retrieved, quote, passage } = evidence('Which vitamin prevents scurvy?', 'The vote ended in a draw.', 0.4)
  const unknown = question.terms.filter((t) => t !== 'prevent')
  expect(decide(question, { ...retrieved, unknown }, [quote], [passage])).toMatchObject({ status: 'not-on-record', missing: ['vitamin', 'scurvy'] })
})

it('refuses when there is nothing to cite', () => {
  const { question, retrieved } = evidence('How did the vote end?', '', 0.9)
  expect(decide(question, retrieved, [], []).status).toBe('not-on-record')
})

it('refuses to say what somebody is called when no quote names a person', () => {
  expect(decided('What is the engineer called?', 'The engineer is called a fool.', 0.9).status).toBe('not-on-record')
  expect(decided('What is the engineer called?', 'The engineer is called Agnes Thirkell.', 0.9).status).toBe('answered')
})

it('refuses to say who gave a figure that nobody gave', () => {
  const words = 'The surveyor put the cost of the trench at £95,000 in 1998.'
  expect(decided('Who put the cost of the trench at £72,500?', words)).toMatchObject({ status: 'not-on-record', missing: ['72,500'] })
  expect(decided('Who put the cost of the trench at £95,000?', words).status).toBe('answered')
  // A year is no figure that somebody gives.
  expect(decided('Who put the cost of the trench at £95,000 in 2001?', words)).toMatchObject({ status: 'partial', missing: ['2001'] })
})

describe('a name, number or date', () => {
  it.each<[string, string, string[]]>([
    ['that stands in no cited passage is missing', 'How did the vote of Penhale end?', ['Penhale']],
    ['that stands in the passage is not', 'How did the vote of Amos Treddle end?', []],
    ['that stands in the title or outlet is not', 'How did the Lantern say the vote ended?', []],
    ['of the day of publication is not', 'How did the vote of 14 July 2025 end?', []],
    ['of another day is missing', 'How did the vote of March 1998 end?', ['March', '1998']],
    ['is not when only the first name is', 'How did the vote of Bartholomew Treddle end?', []],
    ['stands for what is called after it', 'How did the vote of China end?', []],
  ])('%s', (_, question, missing) => {
    expect(decided(question, 'The vote of Treddle and the Chinese ended in a draw.')).toMatchObject({
      status: missing.length > 0 ? 'partial' : 'answered',
      missing,
    })
  })

  it('of the time of a file says nothing', () => {
    const words = 'The vote ended in a draw.'
    expect(decided('How did the vote of July end?', words, 0.8, { publishedFrom: 'file' }).missing).toEqual(['July'])
    expect(decided('How did the vote of July end?', words).missing).toEqual([])
  })
})

it('counts nearness and coverage for an answer, and missing names and kinds of words against it', () => {
  const middle: Evidence = { sentence: 0.7, passage: 0.7, words: 0.4, coverage: 0.5, missing: 1, typeMissing: 1 }
  const odds = (evidence: Evidence) => oddsOf(evidence, SHIPPED)
  for (const better of [{ sentence: 0.8 }, { sentence: 0.8, passage: 0.8 }, { words: 0.5 }, { coverage: 0.9 }, { missing: 0 }, { typeMissing: 0 }]) {
    expect(odds({ ...middle, ...better })).toBeGreaterThan(odds(middle))
  }
})

it('measures coverage by the passage and the facts about its source', () => {
  const { question, retrieved, quote, passage } = evidence('How much did the Lantern count boats in Capstan Row?', 'It counted boats.', 0.7)
  const found = evidenceOf(question, retrieved, quote, { ...passage, text: 'It counted boats. They lie off Capstan Row.' })
  expect(found).toEqual({ sentence: 0.7, passage: 0.7, words: 0.7, coverage: 1, missing: 0, typeMissing: 1 })
  expect(evidenceOf(question, retrieved, quote, passage)).toMatchObject({ coverage: 3 / 5, missing: 1 })
})

it('refuses below the threshold that is set', () => {
  const { question, retrieved, quote, passage } = evidence('How did the vote end?', 'The vote ended in a draw.', 0.8)
  const { odds } = decide(question, retrieved, [quote], [passage])
  const at = (threshold: number) => decide(question, retrieved, [quote], [passage], { calibration: { ...SHIPPED, threshold } }).status
  expect([at((odds as number) - 0.01), at((odds as number) + 0.01)]).toEqual(['answered', 'not-on-record'])
})
