import { lettersOf, termOf } from '../../index/terms.ts'

const list = (words: string) => words.split(' ')
const SMALL = list('zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen')
const TENS = list('twenty thirty forty fifty sixty seventy eighty ninety')
const ORDINALS = list(
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth',
)
const TENTHS = list('twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth')
export const MAGNITUDES: Record<string, number> = { hundred: 1e2, thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12, m: 1e6, mn: 1e6, bn: 1e9, k: 1e3 }
const LARGE = list('hundred thousand million billion trillion')

/** Words that say how many without a figure: each must stand in a quote itself. */
export const OTHER_NUMBERS = new Set(
  list(
    'half halves halved halving quarter thirds fifths tenths twice thrice doubled double tripled triple quadrupled quadruple dozen hundreds thousands millions billions trillions couple decade century fortnight nil nought hundredth thousandth millionth umpteen fourfold threefold twofold tenfold fivefold',
  ).map(termOf),
)

/** What English has no word of its own for: the numbers of the languages that are most likely to be mixed in. */
export const FOREIGN = new Set(
  list(
    'eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert tausend millionen deux trois quatre cinq huit neuf dix onze douze vingt trente mille dos tres cuatro cinco seis siete ocho nueve diez doce veinte treinta cien millón millones tre quattro cinque sei sette otto nove dieci venti cento twee drie vijf zes zeven negen tien twaalf dois quatro oito dez',
  ).map(lettersOf),
)

const WORD = [...SMALL, ...TENS, ...ORDINALS, ...TENTHS, ...LARGE].sort((a, b) => b.length - a.length).join('|')
/** A run of words that make one number: "forty-two thousand", "two hundred and five", "four point two million", "a hundred", "twenty-first". */
export const SPOKEN = new RegExp(`(?:an?\\s(?=(?:${LARGE.join('|')})\\b))?\\b(?:${WORD})(?:(?:\\s?-\\s?|\\s+(?:and\\s+)?)(?:point|${WORD})\\b)*\\b`, 'giu')

const ONLY_NUMBER = new RegExp(`^(?:${WORD})$`, 'i')

export function isNumberWord(word: string): boolean {
  return ONLY_NUMBER.test(word)
}

/** What a run of words for a number comes to, and whether it counts or orders; null for what is no number: "two three". */
export function spokenNumber(run: string): { value: number; ordinal: boolean } | null {
  let [total, current, decimals] = [0, 0, '']
  let [point, ordinal] = [false, false]
  let last = 0
  for (const word of run.toLowerCase().split(/[\s-]+/)) {
    if (word === 'and' || word === 'a' || word === 'an' || word === '') continue
    if (ordinal) return null
    const [small, tens, nth, tenth] = [SMALL.indexOf(word), TENS.indexOf(word), ORDINALS.indexOf(word), TENTHS.indexOf(word)]
    ordinal = nth >= 0 || tenth >= 0
    if (word === 'point') point = true
    else if (LARGE.includes(word)) {
      const scale = MAGNITUDES[word] as number
      const base = Number(`${current}.${decimals || 0}`) || 1
      if (scale === 100) current = base * 100
      else [total, current] = [total + base * scale, 0]
      ;[point, decimals, last] = [false, '', 0]
    } else if (point) {
      if (small < 0 || small > 9) return null
      decimals += small
    } else {
      const value = small >= 0 ? small : tens >= 0 ? (tens + 2) * 10 : nth >= 0 ? nth : (tenth + 2) * 10
      // "Twenty-one", but neither "one twenty" nor "two three".
      if (last !== 0 && !(last >= 20 && value < 10 && value > 0)) return null
      current += value
      last = value || 1
    }
  }
  return { value: Math.round((total + Number(`${current}.${decimals || 0}`)) * 1e6) / 1e6, ordinal }
}
