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
const OTHER_NUMBERS = new Set(
  list(
    'half halves halved halving quarter thirds fifths tenths twice thrice doubled double tripled triple quadrupled quadruple dozen hundreds thousands millions billions trillions couple decade century fortnight nil nought hundredth thousandth millionth umpteen fourfold threefold twofold tenfold fivefold quarters score scores tens pair pairs brace gross trio duo quartet quintet sextet myriad myriads umpteenth eleventy twelvety threescore fourscore treble trebled quintuple sextuple lakh lakhs crore crores googol nineties eighties seventies sixties fifties forties thirties twenties',
  ).map(termOf),
)
/** "Zillions", "a quadrillion". */
const VERY_LARGE = /illion(?:s|th|ths|fold)?$/
/** "Phase iii"; one letter is no number of its own, and "Xi" is a name. */
const ROMAN = /^(?=[ivx]{2})x{0,3}(?:ix|iv|v?i{0,3})$/

/** What English has no word of its own for: the numbers of the languages that are most likely to be mixed in. */
const FOREIGN = new Set(
  list(
    'eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert tausend millionen deux trois quatre cinq huit neuf dix onze douze vingt trente mille dos tres cuatro cinco seis siete ocho nueve diez doce veinte treinta cien millón millones tre quattro cinque sei sette otto nove dieci venti cento twee drie vijf zes zeven negen tien twaalf dois quatro oito dez zwo dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn dertien veertien vijftien zestien zeventien achttien negentien treize quatorze quinze quarante cinquante soixante cuarenta cincuenta sesenta setenta ochenta noventa doce trece catorce vinte trinta quarenta cinquenta trenta quaranta cinquanta sessanta fem seks syv sju sju åtte otte elleve tolv tretten fjorten femten seksten sytten atten nitten tretton fjorton femton tyve tjue tjugo tredive tretti trettio fyrre førti fyrtio halvtreds femti femtio tresindstyve sextio sytti sjuttio hundrede hundre hundra tusind tusen tusinde dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć dwadzieścia trzydzieści tysiąc tysięcy',
  ).map(lettersOf),
)
/** German and Dutch write a number as one word. */
const FOREIGN_END =
  /(?:zwanzig|dreissig|dreißig|vierzig|fünfzig|funfzig|sechzig|siebzig|achtzig|neunzig|hundert|tausend|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend)$/

const WORD = [...SMALL, ...TENS, ...ORDINALS, ...TENTHS, ...LARGE].sort((a, b) => b.length - a.length).join('|')
/** A run of words that make one number: "forty-two thousand", "two hundred and five", "four point two million", "a hundred", "twenty-first". */
export const SPOKEN = new RegExp(`(?:an?\\s(?=(?:${LARGE.join('|')})\\b))?\\b(?:${WORD})(?:(?:\\s?-\\s?|\\s+(?:and\\s+)?)(?:point|${WORD})\\b)*\\b`, 'giu')

const ONLY_NUMBER = new RegExp(`^(?:${WORD})$`, 'i')
/** "Sixtyfour", "twohundred", "sevenfold". */
const GLUED = new RegExp(`^(?:${WORD})(?:(?:${WORD})+(?:fold)?|fold)$`)

/** Does a word say how many in another way than `SPOKEN`? Then it must stand in a quote itself. */
export function saysHowMany(word: string): boolean {
  const letters = lettersOf(word)
  return ROMAN.test(word) || [GLUED, VERY_LARGE, FOREIGN_END].some((form) => form.test(letters)) || FOREIGN.has(letters) || OTHER_NUMBERS.has(termOf(word))
}

/** "A third of", "a full third of", "two-thirds", "three quarters", "a 3rd"; "a second" is none, and "a third time" neither. */
export const FRACTION = new RegExp(
  `(?<![\\p{L}\\p{N}.,]|(?:${TENS.join('|')})[\\s-])(?:an?\\s+\\p{L}+\\s+(?=\\S+\\s+of\\b)|(?<count>an?|${SMALL.slice(1).join('|')}|\\d{1,2})[\\s-]+)(?<part>${[...ORDINALS.slice(3), ...TENTHS, 'quarter', 'hundredth', 'thousandth', 'millionth'].join('|')}|\\d+(?:rd|th))s?(?![\\p{L}\\p{N}]|\\s+times?\\b)`,
  'giu',
)

/** What a fraction is as it is compared: "2/3"; what is no number of its own stays a word. */
export function fractionOf(count = 'a', part = ''): string {
  const [many, each] = [count.toLowerCase(), part.toLowerCase()]
  const value = /^an?$/.test(many) ? 1 : spokenNumber(many)?.value || Number(many)
  const nth = /^\d/.test(each) ? Number.parseInt(each, 10) : each === 'quarter' ? 4 : ONLY_NUMBER.test(each) ? spokenNumber(each)?.value : each
  return `${value}/${nth}`
}

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
