import { Kept } from '../index/kept.ts'
import { isRole, personNames } from '../index/names.ts'
import { isStop } from '../index/stop-words.ts'
import { termOf, termsOf, wordsOf } from '../index/terms.ts'

/** What kind of words a question asks for. */
export type AnswerType = 'name' | 'person' | 'place' | 'time' | 'number' | 'other'

/** A name, number or date in a question: the documents must hold it for the answer to be whole. */
export interface Anchor {
  /** As the question has it. */
  text: string
  /** The terms of which it consists. */
  terms: string[]
}

export interface Question {
  text: string
  /** Its content words as terms, without question words and function words, each once. */
  terms: string[]
  anchors: Anchor[]
  type: AnswerType
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ')

/** Reads a question: its terms, the names, numbers and dates in it, and the kind of answer it asks for. */
export function readQuestion(text: string): Question {
  const words = wordsOf(text)
  const terms = [
    ...new Set(
      words
        .map((w) => w.text)
        .filter((w) => !isStop(w))
        .map(termOf)
        .filter(Boolean),
    ),
  ]
  return {
    text,
    terms: terms.length > 0 ? terms : [...new Set(words.map((w) => termOf(w.text)).filter(Boolean))],
    anchors: anchorsOf(text),
    type: typeOf(text),
  }
}

/** Names (runs of capitalised words, a sentence's first word aside), words with digits, and months. */
function anchorsOf(text: string): Anchor[] {
  const words = wordsOf(text)
  // A question all in capitals, or with a capital for each word, tells no names.
  const capital = (w: { text: string }) => /^\p{Lu}/u.test(w.text)
  const letters = words.slice(1).filter((w) => /^\p{L}{2,}/u.test(w.text))
  const small = letters.filter((w) => isStop(w.text))
  const shouting = letters.length > 2 && letters.every((w) => capital(w) || isStop(w.text)) && small.filter(capital).length * 2 >= small.length
  const spans: { start: number; end: number; name: boolean }[] = []
  words.forEach(({ text: word, start }, i) => {
    const end = start + word.length
    const opens = i === 0 || /[.?!]\s*["“”]?\s*$/.test(text.slice(0, start))
    if (isFigure(word)) spans.push({ start, end, name: false })
    else if (!shouting && !opens && /^\p{Lu}/u.test(word) && !isStop(word)) {
      const last = spans.at(-1)
      if (last?.name && /^[ -]$/.test(text.slice(last.end, start))) last.end = end
      else spans.push({ start, end, name: true })
    }
  })
  return spans.map(({ start, end }) => anchorOf(text.slice(start, end))).filter((anchor) => anchor.terms.length > 0)
}

/** "May" and "March" are months only with their capital. */
function isFigure(word: string): boolean {
  return /\d/.test(word) || (MONTHS.includes(word.toLowerCase()) && !/^(?:may|march)$/.test(word))
}

function anchorOf(text: string): Anchor {
  return {
    text,
    terms: wordsOf(text)
      .filter((w) => !isStop(w.text) || isFigure(w.text))
      .map((w) => termOf(w.text))
      .filter(Boolean),
  }
}

function typeOf(text: string): AnswerType {
  const q = text.toLowerCase()
  if (
    /\bhow (?:many|much|long|old|far|tall|high|deep|big|large|often|fast|wide)\b|\bwhat (?:number|percentage|percent|share|proportion|fraction|amount|price|cost|population)\b|\bwhat (?:is|was|were|are) the (?:number|percentage|share|cost|price|population|total|size|length|height|amount)\b/.test(
      q,
    )
  )
    return 'number'
  if (/\bwhen\b|\b(?:what|which) (?:year|date|day|month|decade|century|time)\b/.test(q)) return 'time'
  if (asksForName(q)) return 'name'
  if (/\bwho\b|\bwhom\b|\bwhose\b/.test(q)) return 'person'
  if (/\bwhere\b|\b(?:what|which) (?:city|country|place|town|state|region|continent|street|village|county|river|island)\b/.test(q)) return 'place'
  return 'other'
}

/** "What is the name of the spokesperson?", "What is the engineer called?": a person's name and nothing else answers. */
function asksForName(question: string): boolean {
  return /\bnames? (?:of|is|was)\b|\b(?:called|named)\s*\?/.test(question) && wordsOf(question).some((w) => isRole(w.text))
}

const NUMBER =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen|half|third|quarter|none|several|twice|once|double)s?\b/i
const TIME =
  /\b(?:1\d|20)\d{2}s?\b|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b|\bmay \d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:century|centuries|decade|yesterday|today|tonight|spring|summer|autumn|winter|ago|noon|midnight|a\.m|p\.m)\b|\b\d{1,2}:\d{2}\b/i

/** Sentences whose words are kept: those that come near to many questions are read once. */
const KEPT = 4000
const words = new Kept(KEPT, wordsOf)

/** Does a sentence hold words of the kind that is asked for, other than those of the question? */
export function holdsType(question: Question, sentence: string): boolean {
  const asked = new Set([...question.terms, ...question.anchors.flatMap((a) => a.terms)])
  switch (question.type) {
    case 'number':
      return words.of(sentence).some((w) => NUMBER.test(w.text) && !asked.has(termOf(w.text)))
    case 'time':
      return words.of(sentence).some((w) => TIME.test(w.text) && !asked.has(termOf(w.text)))
    case 'name':
      return personNames(sentence).some((name) => !termsOf(name).every((term) => asked.has(term)))
    case 'person':
    case 'place':
      return words.of(sentence).some((w, i) => /^\p{Lu}/u.test(w.text) && (i > 0 || !isStop(w.text)) && !isStop(w.text) && !asked.has(termOf(w.text)))
    case 'other':
      return false
  }
}
