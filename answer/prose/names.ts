import { isRole, personNames } from '../../index/names.ts'
import { sentencesOf } from '../../index/sentences.ts'
import { termsOf, type Word, wordsOf } from '../../index/terms.ts'
import { datesIn } from './dates.ts'
import type { Evidence } from './evidence.ts'

/** Words that sentences begin with and that are nobody's name. Any other must stand in what is cited. */
const STARTERS = new Set(
  `a about above according across after again against all along already also although always among an and another any anyone around as asked at
  back because before being below besides between beyond both but by can could despite did do does down due during each earlier either even ever every
  everyone except few finally fewer following for former from further given had has have he her here hers him his how however if in indeed initially instead
  into is it its just last later least less like many meanwhile members more moreover most much neither never nevertheless no nobody none nor not nothing now of off
  officials on once only opponents or other others otherwise our out over overall own part people per plans rather residents same several she should similarly
  since so some someone something sometimes soon speaking still such supporters than that the their them then there therefore these they this those though
  through throughout thus to today together too under unless unlike until up upon usually very was we were what when where whereas whether which while
  who whose why will with within without work would yesterday yet you`.split(/\s+/),
)
const TITLES = /^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Captain|Capt|Councillor|Cllr|Professor|Prof|Rev|St)\.?$/
const CAPITAL = /\p{Lu}/u

/** Is every name in a cited quote, or that of who said it or of where it stands? A person's name whole, and not put together from two. */
export function namesAreThere(text: string, evidence: Pick<Evidence, 'names' | 'all'>): boolean {
  const known = new Set(evidence.names.flatMap((name) => wordsOf(name)).map(bare))
  const written = new Set(evidence.all.flatMap(termsOf))
  const dates = datesIn(text)
  const starts = sentencesOf(text)
    .map(({ start, end }) => wordsOf(text.slice(start, end))[0])
    .map((word) => word?.text)
  const isOrdinary = (word: string) => STARTERS.has(word.toLowerCase()) || termsOf(word).every((term) => written.has(term))
  for (const [i, word] of wordsOf(text).entries()) {
    if (!CAPITAL.test(word.text) || dates.some(({ start, end }) => start <= word.start && word.start < end)) continue
    const name = bare(word)
    const isFirst = i === 0 || starts.includes(word.text)
    if (known.has(name) || (isFirst && isOrdinary(word.text))) continue
    // "Harbour Master" for a harbour master.
    if (isRole(name) && known.has(name.toLowerCase())) continue
    return false
  }
  const joined = evidence.names.map((name) => name.replace(/\s+/g, ' '))
  return personNames(text).every((name) => isWhole(name, joined, isOrdinary))
}

/** "Ivo Brandt" of "Harbour Master Ivo Brandt" and of "Yesterday Ivo Brandt". */
function isWhole(name: string, known: string[], isOrdinary: (word: string) => boolean): boolean {
  const words = name.replace(/['’]s?$/, '').split(' ')
  while (words.length > 1 && !known.some((each) => each.includes(words.join(' ')))) {
    const first = words.shift() as string
    if (!isRole(first) && !TITLES.test(first) && !(isOrdinary(first) && STARTERS.has(first.toLowerCase()))) return false
  }
  return true
}

function bare({ text }: Word): string {
  return text.replace(/['’]s?$/, '').replaceAll('’', "'")
}
