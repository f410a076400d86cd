import { isRole } from '../../index/names.ts'
import { sentencesOf } from '../../index/sentences.ts'
import { termsOf, type Word, wordsOf } from '../../index/terms.ts'
import { type Day, datesIn } from './dates.ts'
import type { Evidence } from './evidence.ts'
import { isNumberWord } from './number-words.ts'

/** Words that sentences begin with and that are nobody's name: "will" is. Any other must stand in what is cited. */
const STARTERS = new Set(
  `a about above according across after again against all along already also although always among an and another any anyone around as asked at
  back because before being below besides between beyond both but by can could despite did do does down due during each earlier either even ever every
  everyone except few finally fewer following for former from further given had has have he her here hers him his how however if in indeed initially instead
  into is it its just last later least less like many meanwhile members more moreover most much neither never nevertheless no nobody none nor not nothing now of off
  officials on once only opponents or other others otherwise our out over overall own part people per plans rather residents same several she should similarly
  since so some someone something sometimes soon speaking still such supporters than that the their them then there therefore these they this those though
  through throughout thus to today together too under unless unlike until up upon usually very was we were what when where whereas whether which while
  who whose why with within without work would yesterday yet you`.split(/\s+/),
)
/** Names that are words as well: what stands in small letters proves none of them. */
const FIRST_NAMES = new Set(
  `amber april art august basil bill bob carol chance chase clay cliff dale dawn dean don drew earl eve faith frank gale gene glen grace grant guy hale harry hazel
  heather holly hope iris ivy jack jade jay jean josh joy june lance lane lily mark may max miles nick norm olive opal pat pearl penny peter
  ray reed rich rob robin rod rose ruby sage sandy sky stew sue summer terry tony victor violet wade ward will wren`.split(/\s+/),
)
const TITLES = /^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Captain|Capt|Councillor|Cllr|Professor|Prof|Rev|St)\.?$/
const CAPITAL = /\p{Lu}/u

/** Is every name in a cited quote, or that of who said it or of where it stands? Names of several words stand there side by side: none is put together from two. */
export function namesAreThere(text: string, evidence: Pick<Evidence, 'names' | 'all'>): boolean {
  const known = new Set(evidence.names.flatMap((name) => wordsOf(name)).map(bare))
  const beside = new Set(evidence.names.flatMap(pairsIn).map(pairKey))
  // What stands there in small letters is no name.
  const written = new Set(evidence.all.flatMap((text) => wordsOf(text).flatMap(({ text: word }) => (CAPITAL.test(word) ? [] : termsOf(word)))))
  const dates = datesIn(text)
  const starts = new Set(sentencesOf(text).map(({ start, end }) => start + (wordsOf(text.slice(start, end))[0]?.start ?? 0)))
  const isName = ({ text: word, start }: Word) => CAPITAL.test(word) && !dates.some((date) => date.start <= start && start < date.end && !isCalled(text, date))
  const begins = ({ text: word, start }: Word) =>
    starts.has(start) && (STARTERS.has(word.toLowerCase()) || isNumberWord(word)) && !(word.length === 1 && text[start + 1] === '.')
  const isWritten = ({ text: word, start }: Word) =>
    starts.has(start) && !FIRST_NAMES.has(word.toLowerCase()) && termsOf(word).every((term) => written.has(term))
  const isThere = (word: Word) => known.has(bare(word)) || begins(word) || isWritten(word) || isKnownRole(bare(word), known)
  return (
    wordsOf(text).every((word) => !isName(word) || isThere(word)) &&
    pairsIn(text).every(([one, two]) => !isName(one) || !isName(two) || begins(one) || isTitle(bare(one)) || beside.has(pairKey([one, two])))
  )
}

/** "Harbour Master" for a harbour master. */
function isKnownRole(word: string, known: Set<string>): boolean {
  return isRole(word) && known.has(word.toLowerCase())
}

/** "Councillor Stoke" for somebody who is called a councillor elsewhere. */
function isTitle(word: string): boolean {
  return isRole(word) || TITLES.test(word)
}

/** "May Smith" is no month, unless it is "in May" that Smith did something. */
function isCalled(text: string, { start, end, year, day }: Day): boolean {
  return (
    year === null && day === null && /^\s+\p{Lu}/u.test(text.slice(end)) && !/\b(?:in|since|until|during|last|this|early|late)\s+$/i.test(text.slice(0, start))
  )
}

/** Between the words of a name: white space, a hyphen, a dash or a slash, or what follows an initial. */
const JOINED = /^(?:\s+|[-‐‑–—]|\s*\/\s*)$/
/** Within a name: "Ada van der Lowe". */
const PARTICLE = /^(?:de|van|von|der|den|del|della|di|da|dos|du|la|le|bin|ibn|al|el|y)$/
const AFTER_INITIAL = /^\.\s*$/

/** Words that make a name when both have a capital. */
function pairsIn(text: string): [Word, Word][] {
  const words = wordsOf(text).filter((word) => !PARTICLE.test(word.text))
  return words.flatMap((two, i): [Word, Word][] => {
    const one = words[i - 1]
    if (!one || /['’]s?$/.test(one.text)) return []
    const between = text.slice(one.start + one.text.length, two.start).replace(/\p{L}+/gu, '')
    return JOINED.test(between) || (/(?:^|\.)\p{Lu}$/u.test(one.text) && AFTER_INITIAL.test(between)) ? [[one, two]] : []
  })
}

function pairKey([one, two]: [Word, Word]): string {
  return `${bare(one)} ${bare(two)}`
}

function bare({ text }: Word): string {
  return text.replace(/['’]s?$/, '').replaceAll('’', "'")
}
