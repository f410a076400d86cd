const WORD = /[\p{L}\p{M}]+(?:[-‐‑][\p{L}\p{M}]+)*/gu
const FIRST_WORD = /^[\p{L}\p{M}]+(?:[-‐‑][\p{L}\p{M}]+)*/u
const LAST_WORD = /[\p{L}\p{M}]+(?:[-‐‑][\p{L}\p{M}]+)*$/u
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]$/u
const HYPHEN_AT_END = /[-‐\u00ad]$/
/** A word that stands for another: "Haupt- und Nebenstraßen", "two- or three-year". */
const AND = /^(?:und|oder|bzw|sowie|bis|and|or|to|et|ou|e|o|y|en|of)(?![\p{L}])/u
/** Letters of a word, at most. */
const LONGEST = 80
/** Lines with a hyphen at the end, of all, from which on the program that made the document must have divided words. */
const DIVIDED = 0.02

/** What stands between two lines of running text, and whether the hyphen at the end of the first goes. */
export interface Joint {
  between: '' | ' '
  closes: boolean
}

export type Join = (before: string, after: string) => Joint

const SPACE: Joint = { between: ' ', closes: false }
const NOTHING: Joint = { between: '', closes: false }
/** Two words after all, where the hyphen was only guessed at. */
const WORDS: Joint = { between: ' ', closes: true }
const CLOSED: Joint = { between: '', closes: true }

/** How a document's lines are joined: what it writes within a line tells whether a hyphen at the end of one belongs to the word. */
export function joinerOf(lines: string[]): Join {
  const words = wordsOf(lines)
  const divided = lines.filter((line) => /\p{L}[-‐\u00ad]$/u.test(line)).length
  const divides = divided > DIVIDED * lines.length
  return (before, after) => {
    if (!HYPHEN_AT_END.test(before)) return isUnspaced(before, after) ? NOTHING : SPACE
    if ((AND.test(after) && !before.endsWith('\u00ad')) || /\s.$/.test(before)) return SPACE
    const first = LAST_WORD.exec(before.slice(-LONGEST, -1))?.[0]
    const second = FIRST_WORD.exec(after.slice(0, LONGEST))?.[0]
    // "1990-" and "1994", or a name: what is there stays.
    if (!first || !second) return before.endsWith('\u00ad') ? WORDS : NOTHING
    if (/^\p{Lu}/u.test(second) && !/\p{Lu}$/u.test(first)) return NOTHING
    if (words.has(`${first}${second}`.toLowerCase())) return CLOSED
    if (before.endsWith('\u00ad')) return words.has(first.toLowerCase()) && words.has(second.toLowerCase()) ? WORDS : CLOSED
    const isOpen = words.has(`${first}-${second}`.toLowerCase()) || !divides || /[-‐‑]/.test(first)
    return isOpen ? NOTHING : CLOSED
  }
}

/** The words within lines, in small letters; not the parts of one that a line's end divides. */
function wordsOf(lines: string[]): Set<string> {
  const words = new Set<string>()
  let divided = false
  for (const line of lines) {
    const found = line.toLowerCase().match(WORD) ?? []
    if (divided) found.shift()
    divided = HYPHEN_AT_END.test(line)
    if (divided) found.pop()
    for (const word of found) words.add(word.replace(/[‐‑]/g, '-'))
  }
  return words
}

/** East Asian text has no space between words, and so none for a line's end. */
function isUnspaced(before: string, after: string): boolean {
  const [last, first] = [before.slice(-1), after.slice(0, 1)]
  return (UNSPACED.test(last) || (/[“”‘’]/.test(last) && UNSPACED.test(before.slice(-2, -1)))) && (UNSPACED.test(first) || /[“”‘’]/.test(first))
}
