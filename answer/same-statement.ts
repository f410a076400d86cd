import { Kept } from '../index/kept.ts'
import { isStop } from '../index/stop-words.ts'
import { lettersOf, wordsOf } from '../index/terms.ts'

/** Folded words, ready to be compared. */
interface Wording {
  /** As they are written. */
  words: string[]
  /** The same without case and accents. */
  letters: string[]
  held: Set<string>
  /** Signs that change what words say, in their order: of currencies, percent, minus, and of a question. */
  signs: string
}

/** Words of the longer one that may differ, at most; half of them may carry meaning. */
const EDITED = 0.3
/** Words of a sentence that is compared, at most: the comparison takes the square of them. */
const LONGEST = 200

const NUMBERS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen dozens hundreds thousands millions billions half halves third thirds quarter quarters double twice triple thrice once first second fourth fifth sixth seventh eighth ninth tenth single couple several few many most all every each both none any some only least percent percentage cent m bn k'
const NEGATIONS =
  'no not nor never neither nobody nothing nowhere none cannot without unless except hardly barely scarcely rarely seldom deny denies denied denying refuse refuses refused refusing reject rejects rejected rejecting fail fails failed failing lack lacks lacked against'
const TIMES =
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun today yesterday tomorrow tonight last next this now then ago before after since until till later earlier former formerly past previous day days week weeks month months year years morning afternoon evening night noon midnight spring summer autumn fall winter'
/** Whether it is so, by whom and to whom, and how things stand to each other. */
const TURNS =
  'may might could would should must can will shall if alleged allegedly reported reportedly claimed claims he she they we i you him her them us his hers their our my your who whom more less fewer higher lower above below over under up down out off to from for with by'
const DECIDES = new Set(`${NUMBERS} ${NEGATIONS} ${TIMES} ${TURNS}`.split(' '))

/** Words as they stand, but for white space and the forms of quotation marks and dashes. */
export function folded(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[‐‑–—−]/g, '-')
}

/**
 * Is one folded sentence the other with small edits that leave alone what it says? No number, name, negation, date or other word that decides
 * may differ, nor the order of the words that are shared; what else differs is little. For English: of other languages it knows no such words.
 */
export function sayTheSame(one: string, other: string): boolean {
  if (one === other) return true
  // Most sentences are told apart by their length, before their words are looked at.
  if (Math.min(one.length, other.length) < (1 - 2 * EDITED) * Math.max(one.length, other.length)) return false
  const [a, b] = [wordings.of(one), wordings.of(other)]
  const most = Math.max(a.words.length, b.words.length)
  const edited = EDITED * most
  if (a.signs !== b.signs || most > LONGEST || lacks(a, b, edited) || lacks(b, a, edited)) return false
  const [inA, inB] = differing(a.letters, b.letters)
  if (Math.max(inA.length, inB.length) > edited || inA.some((i) => decides(a, i)) || inB.some((i) => decides(b, i))) return false
  const meaning = (of: Wording, at: number[]) => at.filter((i) => !isStop(of.words[i] as string)).length
  return Math.max(meaning(a, inA), meaning(b, inB)) <= edited / 2
}

/** Wordings that are kept, so that a sentence that is compared with many is read once. */
const KEPT = 5000
const wordings = new Kept(KEPT, wordingOf)

function wordingOf(text: string): Wording {
  const words = wordsOf(text).map((word) => word.text)
  const letters = words.map(lettersOf)
  const signs = text.match(/[%‰°?\p{Sc}]|(?<![\p{L}\p{N}])-(?=[\d\p{Sc}])/gu) ?? []
  return { words, letters, held: new Set(letters), signs: signs.join('') }
}

/** Are more words of one than so many not in the other? */
function lacks(a: Wording, b: Wording, most: number): boolean {
  let missing = 0
  return a.letters.some((word) => !b.held.has(word) && ++missing > most)
}

function decides({ words, letters }: Wording, i: number): boolean {
  const [word, plain] = [words[i] as string, letters[i] as string]
  // What directly follows a number is what it counts.
  if (/\d/.test(plain) || /\d/.test(letters[i - 1] ?? '') || DECIDES.has(plain) || /n['’]t$/i.test(word)) return true
  // A name; what opens a sentence may be one too. Scripts without capitals do not tell.
  return (/^\p{Lu}/u.test(word) && !isStop(word)) || !/^[\p{Ll}\p{Lu}\p{M}'’.-]+$/u.test(word)
}

/** The numbers of the words that only one of two has, by their longest common subsequence. */
function differing(a: string[], b: string[]): [number[], number[]] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) (lengths[i] as Uint16Array)[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const only: [number[], number[]] = [[], []]
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++
      j++
    } else if (j === b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) only[0].push(i++)
    else only[1].push(j++)
  }
  return only
}
