import { ALSO_NOUNS, type CueClass, NOUNS, PAST, VERBS } from './cues.ts'
import type { Token } from './tokens.ts'

const IRREGULAR: Record<string, string[]> = {
  say: ['says', 'said', 'saying'],
  tell: ['tells', 'told', 'telling'],
  write: ['writes', 'wrote', 'written', 'writing'],
  think: ['thinks', 'thought', 'thinking'],
  show: ['shows', 'showed', 'shown', 'showing'],
  find: ['finds', 'found', 'finding'],
  mean: ['means', 'meant', 'meaning'],
  know: ['knows', 'knew', 'known', 'knowing'],
  understand: ['understands', 'understood', 'understanding'],
  feel: ['feels', 'felt', 'feeling'],
  hold: ['holds', 'held', 'holding'],
  hear: ['hears', 'heard', 'hearing'],
  make: ['makes', 'made', 'making'],
  seek: ['seeks', 'sought', 'seeking'],
  speak: ['speaks', 'spoke', 'spoken', 'speaking'],
  read: ['reads', 'read', 'reading'],
  swear: ['swears', 'swore', 'sworn', 'swearing'],
  go: ['goes', 'went', 'gone', 'going'],
  shoot: ['shoots', 'shot', 'shooting'],
  hit: ['hits', 'hit', 'hitting'],
  put: ['puts', 'put', 'putting'],
  choose: ['chooses', 'chose', 'chosen', 'choosing'],
}

export interface CueVerb {
  lemma: string
  classes: Set<CueClass>
  form: 'base' | 's' | 'past' | 'ing'
  /** A second word that belongs to it: "out", "on", "for", "clear". */
  particle: string | null
}

/** Every form of every cue verb, by the lower-case word. */
export const CUE_FORMS: ReadonlyMap<string, CueVerb[]> = forms()

function forms(): Map<string, CueVerb[]> {
  const all = new Map<string, CueVerb[]>()
  for (const [name, list] of Object.entries(VERBS) as [CueClass, string][]) {
    for (const entry of list.split(/\s+/)) {
      const [lemma = '', particle = null] = entry.split('_')
      const [s, past, ing] = inflected(lemma)
      for (const [word, form] of [[lemma, 'base'], [s, 's'], ...past.map((p) => [p, 'past']), [ing, 'ing']] as [string, CueVerb['form']][]) {
        const known = all.get(word) ?? []
        const same = known.find((cue) => cue.lemma === lemma && cue.particle === particle && cue.form === form)
        if (same) same.classes.add(name)
        else known.push({ lemma, classes: new Set([name]), form, particle })
        all.set(word, known)
      }
    }
  }
  return all
}

function inflected(lemma: string): [string, string[], string] {
  const irregular = IRREGULAR[lemma]
  if (irregular) return [irregular[0] as string, irregular.slice(1, -1), irregular.at(-1) as string]
  const s = /(?:s|sh|ch|x|z)$/.test(lemma) ? `${lemma}es` : /[^aeiou]y$/.test(lemma) ? `${lemma.slice(0, -1)}ies` : `${lemma}s`
  if (/e$/.test(lemma)) return [s, [`${lemma}d`], `${/ee$/.test(lemma) ? lemma : lemma.slice(0, -1)}ing`]
  if (/[^aeiou]y$/.test(lemma)) return [s, [`${lemma.slice(0, -1)}ied`], `${lemma}ing`]
  if (/^(?:quip|admit|plan|slam|dub|refer|swear|hint|signal)$/.test(lemma) && /[^aeiou][aeiou][bdgmnprtl]$/.test(lemma) && lemma !== 'signal')
    return [s, [`${lemma}${lemma.at(-1)}ed`], `${lemma}${lemma.at(-1)}ing`]
  return [s, [`${lemma}ed`], `${lemma}ing`]
}

/** Verbs: a noun phrase begins after them at the earliest. */
export const FINITE =
  /^(?:be|been|is|was|were|are|has|had|have|will|would|could|should|can|cannot|may|might|must|did|does|do|says?|said|told|went|got|made|came|began|seems?|seemed|appears?|appeared)$/

/** Is a word a verb that has a subject, as far as its form tells? */
export function isFiniteVerb({ lower, text }: Token): boolean {
  if (FINITE.test(lower)) return true
  if (!/^\p{Ll}/u.test(text)) return false
  const cue = CUE_FORMS.get(lower)?.some(({ form }) => form === 'past' || (form === 's' && !NOUNS.has(lower) && !ALSO_NOUNS.has(lower)))
  return cue || PAST.has(lower) || /^\p{Ll}{3,}ed$/u.test(text)
}
