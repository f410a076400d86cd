import type { GenerationReader } from '../index/reader.ts'
import { mentionsIn } from './mentions.ts'
import { sidesOf } from './sides.ts'
import { timesIn } from './times.ts'
import { hasSubject, topicOf } from './topic.ts'

const ANYONE =
  /^(?:and |but |so )?(?:who|does any(?:one|body)|did any(?:one|body)|do (?:they|the others|others|all|both sides|the sides)|is there any(?:one|body) who) (?:else )?(?:all )?(?:disagree|agree|differ|dispute|contradict|object|sa(?:y|id) otherwise|think otherwise)(?:s|d|ed)?(?: (?:with |to )?(?:that|this|it|him|her|them))?(?: on (?:that|this))?\s*\??$/i
const SOMEBODY =
  /^(?:and |but |so )?(?:did|does|do|has|have|would) ((?:the |dr\.? |mr\.? )?[\p{L}][\p{L}.'’& -]{1,60}?) (?:also )?(?:agree|disagree|differ|dispute|contradict|object)(?:s|d|ed)?(?: (?:with |to )?(?:that|this|it|him|her|them))?\s*\??$/iu

/** "Who disagrees?", "Does the union agree?": the question before, of all who speak of it, or of two of them. Null for any other question. */
export async function completedAgreement(question: string, last: string, generation: GenerationReader): Promise<string | null> {
  const anyone = ANYONE.test(question)
  const somebody = SOMEBODY.exec(question)?.[1]
  if (!anyone && (!somebody || /^(?:he|she|they|it|you|we|i)$/i.test(somebody))) return null
  // Two who were asked about are asked about again: their words stand side by side.
  if (anyone && (await sidesOf(last, generation))?.by === 'speaker') return last
  const mentions = (await mentionsIn(last, generation)).filter(({ speakers }) => speakers.length > 0)
  const speaker = /\b(?:did|do|does|has|have|had|according to)\s+$/i.test(last.slice(0, mentions[0]?.start ?? 0)) ? mentions[0] : undefined
  const topic = topicOf(last, [...(speaker ? [speaker] : []), ...(await timesIn(last, generation))], false).replace(/\s*[?.]+$/, '')
  if (!hasSubject(topic)) return null
  const about = `about ${topic.charAt(0).toLowerCase()}${topic.slice(1)}?`
  if (anyone) return `Who disagrees ${about}`
  return speaker ? `Do ${speaker.words} and ${somebody} agree ${about}` : `What did ${somebody} say ${about}`
}
