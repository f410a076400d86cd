import type { GenerationReader } from '../index/reader.ts'
import { asksForChange, COMPARED_WITH, COMPARING } from './comparing.ts'
import type { Bounds } from './constraints.ts'
import { type Mention, mentionsIn } from './mentions.ts'
import { type Time, timesIn } from './times.ts'
import { hasSubject, topicOf } from './topic.ts'

/** The sides that a question asks about. */
export interface Sides {
  /** What tells them apart: who speaks, the time asked for, the day each was said, or whoever says something. */
  by: 'speaker' | 'time' | 'day' | 'anyone'
  /** One for each side; when they are told apart by day or are anyone's, one that holds for all. */
  bounds: Bounds[]
  /** The question without who and when: what all sides are asked about; empty when it names nothing. */
  search: string
  /** The question without its times. */
  timeless: string
}

const SAYS =
  /\b(?:say|says|said|tell|told|think|thinks|thought|claim|claims|claimed|argue|argued|write|wrote|give|gives|gave|given|put|puts|state|stated|report|reported|estimate|estimated|describe|described|explain|explained|react|reacted|respond|responded|reply|replied|announce|announced|promise|promised|warn|warned|propose|proposed|suggest|suggested|want|wants|wanted|expect|expected|believe|believed|count|counted|measure|measured|predict|predicted|according to|view|views|words|account|accounts|position|positions|stance)\b/i
const ANYONE =
  /^(?:and |but |so )?(?:who|does any(?:one|body)|do any|did any(?:one|body)|which (?:of them|sources|speakers|people)|do (?:they|the sources|the speakers|the sides|people)) (?:all )?(?:disagree|differ|dispute|contradict|agree|object)|^what (?:\p{L}+ )?(?:figures|numbers|estimates|prices|costs|accounts|views) (?:have|has|had|were|are|was) (?:been )?(?:given|named|put|quoted|offered|reported)/iu

/** Reads the sides of a question: two speakers or two times that it names, the days of one, or all who differ. Null for a question with one side. */
export async function sidesOf(question: string, generation: GenerationReader): Promise<Sides | null> {
  const [changes, differs] = [asksForChange(question), COMPARING.test(question)]
  if (!changes && !differs && !ANYONE.test(question) && !(SAYS.test(question) && /\b(?:and|or|between|both|while|whereas)\b/i.test(question))) return null
  const mentions = await mentionsIn(question, generation)
  const times = await timesIn(question, generation)
  const speaking = mentions.filter((mention, i) => isSide(question, mention, mentions[i - 1]))
  const distinct = speaking.filter((mention, i) => !speaking.slice(0, i).some((other) => isSame(mention, other)))
  const named = topicOf(question, [...speaking, ...times], changes)
  const topic = hasSubject(named) ? named : ''
  const timeless = [...times].reverse().reduce((text, { start, end }) => `${text.slice(0, start)}${text.slice(end)}`, question)
  if (ANYONE.test(question)) return { by: 'anyone', bounds: [{ speaker: null, ...wholeTime(times) }], search: topic, timeless }
  if (distinct.length >= 2) return { by: 'speaker', bounds: boundsOf(distinct, times, question), search: topic, timeless }
  const speaker = distinct[0]?.words ?? null
  // "Did the price of bread rise?" asks for a fact; whose figure it is, or that a figure changed, must be asked.
  if (changes && (speaker !== null || /\b(?:chang|revis|shift)/i.test(question)))
    return { by: 'day', bounds: [{ speaker, ...wholeTime(times) }], search: topic, timeless }
  const apart = times.flatMap((time) => time.ends?.map(({ start, end }) => ({ after: start, before: end })) ?? [{ after: time.after, before: time.before }])
  if (apart.length >= 2 && (times.length >= 2 || differs)) {
    return { by: 'time', bounds: apart.map((bounds) => ({ speaker, ...bounds })), search: topic, timeless }
  }
  return null
}

/** Is somebody one of those whose words are asked for, and not what they are asked about, or whom they spoke to? */
function isSide(question: string, mention: Mention, before: Mention | undefined): boolean {
  const left = question.slice(0, mention.start)
  if (
    before &&
    before.end <= mention.start &&
    /^(?:['’]s?)?(?:\s+\p{L}+)?[\s,]*(?:and|or|&|versus|vs\.?|v\.?|,|from|with|than|as|against)(?:\s+(?:from|to|by|with|for|as|both|what|that|how))*\s+(?:according\s+to\s+|(?:did|does|do|has|had)\s+)?$/iu.test(
      question.slice(before.end, mention.start),
    )
  )
    return isSide(question, before, undefined)
  if (/^\s*$/.test(left)) return true
  if (
    /\b(?:according to|by|between|did|do|does|has|have|had|is|are|was|were|would|will|could|can|should|both|either|neither|compare|contrast|than|versus|vs\.?|whether|if|that|as|while|whereas|what|how|where|which|and|or|but)\s+$/i.test(
      left,
    )
  )
    return true
  if (/[,:;–—-]\s*$/.test(left)) return true
  // "Her opinion of Tolland": he is what it is about.
  if (/(?:['’]s?|\b(?:his|her|its|their)) \p{L}+ of\s+$/iu.test(left)) return false
  if (
    /\b(?:words|views?|positions?|accounts?|figures?|estimates?|numbers?|claims?|statements?|stance|wording|opinions?) (?:of|from|by|given by)\s+$/i.test(left)
  )
    return true
  return COMPARED_WITH.test(left)
}

/** The same words for one speaker, or two that only one speaker fits: "the engineer, Dr. Ferrand". */
function isSame(a: Mention, b: Mention): boolean {
  if (a.words.toLowerCase() === b.words.toLowerCase()) return true
  return a.speakers.length > 0 && a.speakers.join('\n') === b.speakers.join('\n')
}

/** Each speaker with the time of his clause: what follows him up to the next clause's speaker; those who are named together share it. */
function boundsOf(speakers: Mention[], times: Time[], question: string): Bounds[] {
  const startsOfClauses = speakers.map((speaker, i) => {
    const before = speakers[i - 1]
    return !before || question.slice(before.end, speaker.start).length > 24 || times.some((t) => t.start >= before.end && t.end <= speaker.start + 1)
  })
  return speakers.map((speaker, i) => {
    const next = speakers.findIndex((_, j) => j > i && startsOfClauses[j])
    const until = next < 0 ? question.length : (speakers[next] as Mention).start
    const time =
      times.find((t) => t.start >= speaker.end - 1 && t.start < until) ??
      (times.length === 1 && (times[0] as Time).start < (speakers[0] as Mention).start ? times[0] : undefined)
    return { speaker: speaker.words, after: time?.after ?? null, before: time?.before ?? null }
  })
}

/** The whole time that several times span. */
function wholeTime(times: Time[]): Pick<Bounds, 'after' | 'before'> {
  if (times.length === 0) return { after: null, before: null }
  const open = (bound: 'after' | 'before') => times.some((time) => time[bound] === null)
  const bounds = (bound: 'after' | 'before') => times.map((time) => time[bound] as string).sort()
  return { after: open('after') ? null : (bounds('after')[0] ?? null), before: open('before') ? null : (bounds('before').at(-1) ?? null) }
}
