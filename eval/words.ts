/** Every run of white space as one space, none at the ends. */
export function squash(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The letters and digits of a text in lower case, as words with one space between. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Does a text hold these words, in this order, as whole words? Case and punctuation do not count. */
export function holdsWords(text: string, words: string): boolean {
  return ` ${plain(text)} `.includes(` ${plain(words)} `)
}

/** Where words stand in a text, whatever the white space between them; -1 when they do not. */
export function placeOf(text: string, words: string): number {
  const pattern = squash(words)
    .split(' ')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('\\s+')
  return text.search(new RegExp(pattern))
}
