import { isStop } from '../index/stop-words.ts'
import type { Span } from '../index/types.ts'
import { CHANGE_WORDS, COMPARING, COMPARING_WORDS } from './comparing.ts'
import { readQuestion } from './question.ts'

const JOINING = 'and|or|versus|vs|while|whereas|between|both|either|neither|than'
const SAYING =
  /\b(?:did|does|do|has|have|had)?\s*\b(?:say|says|said|tell|told|think|thinks|thought|give|gives|gave|given|put|claim|claimed|state|stated|according to)\b/gi
/** "Do", "where", "is there a": before a word of comparing. */
const OPENING = /^\s*(?:(?:who|where|how|do|does|did|is|are|was|were|there|they|any(?:one|body)|an?|which|what|far)\b\s*)+(?=\S*\s*)/i
/** What stands before the subject when it is named after one of these words. */
const FRAME = /^.*?\b(?:on|about|over|as to|regarding|whether)\s+(?=\S*\s*\p{L}{3})/iu

/** Stands where somebody or a time was named. */
const TAKEN_OUT = '\u0001'

/** What a question with several sides asks all of them about: without who, when, and the words of saying, comparing and changing. */
export function topicOf(question: string, spans: Span[], changes: boolean): string {
  // One space for many, since the patterns below would be tried from each.
  const kept = [...spans]
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end }) => `${text.slice(0, start)} ${TAKEN_OUT} ${text.slice(end)}`, question)
    .replace(/\s+/g, ' ')
  const subject = (subjectAfter(changes ? kept.replace(CHANGE_WORDS, ' ') : kept) ?? kept).replaceAll(TAKEN_OUT, ' ')
  const asked = changes ? subject.replace(CHANGE_WORDS, ' ') : COMPARING.test(subject) ? subject.replace(OPENING, ' ').replace(COMPARING_WORDS, ' ') : subject
  const plain = tidy(asked.replace(SAYING, ' '))
  // "What cost did A give, and what cost did B give?" asks the same twice.
  const named = new Set<string>()
  const once = plain.split(/\s*,\s*|\s+(?:and|but)\s+(?=what|how|which|when)/i).filter((clause) => {
    const more = readQuestion(clause).terms.filter((term) => !named.has(term) && !isStop(term))
    for (const term of more) named.add(term)
    return more.length > 0
  })
  return once.join(', ')
}

/** Does a topic name a subject of its own? */
export function hasSubject(topic: string): boolean {
  return readQuestion(topic).terms.some((term) => !isStop(term)) && /\p{L}{3}/u.test(topic)
}

/** "... agree on how many houses it has?": what follows the last who or comparing word and "on" or "about". */
function subjectAfter(kept: string): string | null {
  const body = kept.replace(new RegExp(`[\\s${TAKEN_OUT}]+(?=\\??\\s*$)`), '')
  const rest = body.slice(body.lastIndexOf(TAKEN_OUT) + 1)
  const frame = FRAME.exec(rest.slice(0, 60))
  return frame && !/^\s*(?:,|and\s+(?:what|how))/i.test(rest) ? rest.slice(frame[0].length) : null
}

function tidy(text: string): string {
  return text
    .replace(new RegExp(`\\b(?:${JOINING})\\b(?=\\s*(?:[?,.:;]|$|(?:${JOINING}|over|on|about|to)\\b))`, 'gi'), ' ')
    .replace(/(?:^|\s)(?:['’]s?|to|by|with|from)(?=\s*(?:[?,.:;]|$))/g, ' ')
    .replace(/\s+['’]s?(?=\s)/g, ' ')
    .replace(/\bas\s+(?:\p{L}+ed\s+it\b|(?:\p{L}+ed|did)\b)?/giu, ' ')
    .replace(/\b(?:did|does|do|has|have|had)\b(?=\s*(?:and\b|that\b|[?,]|$))/gi, ' ')
    .replace(/^\s*(?:what\s+)?(?:and\s+)?that\s+/i, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\s+([?.,:;])/g, '$1')
    .replace(/^(?:[\s,.:;–—-]|(?:and|or|on|about|over|of|with|from|to|in|his|her|their|its)\s)+|[\s,:;–—-]+(?=\??$)/gi, '')
    .trim()
}
