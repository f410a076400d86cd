import type { LexicalColumns } from './lexical-file.ts'

/**
 * The numbers of the terms at most `most` edits (Levenshtein 1966) from a term, in order. The terms are sorted, so that a row of the matrix is
 * made once for all terms that begin alike, and they are passed over together where the row is too far off: 5 ms for 200,000 terms.
 */
export function termsNear(term: string, most: number, { letters, termStarts }: Pick<LexicalColumns, 'letters' | 'termStarts'>): number[] {
  const wanted = Array.from({ length: term.length }, (_, i) => term.charCodeAt(i))
  // A longer term is too far off: its row says so at this length.
  const deepest = term.length + most + 1
  const rows = Array.from({ length: deepest + 1 }, () => new Uint16Array(term.length + 1))
  rows[0]?.set(Array.from({ length: term.length + 1 }, (_, i) => i))
  const path = new Uint16Array(deepest)
  let depth = 0
  let tooFar = false
  const near: number[] = []
  for (let number = 0; number < termStarts.length - 1; number++) {
    const start = termStarts[number] as number
    const length = (termStarts[number + 1] as number) - start
    let shared = 0
    while (shared < depth && shared < length && path[shared] === letters[start + shared]) shared++
    if (tooFar && shared === depth) continue
    tooFar = false
    for (depth = shared; depth < length && !tooFar; depth++) {
      path[depth] = letters[start + depth] as number
      tooFar = fillRow(rows[depth] as Uint16Array, rows[depth + 1] as Uint16Array, wanted, path[depth] as number) > most
    }
    if (!tooFar && ((rows[depth] as Uint16Array)[term.length] as number) <= most) near.push(number)
  }
  return near
}

/** The distances of a prefix from all prefixes of what is wanted, from those of the prefix one letter shorter; returns the least of them. */
function fillRow(before: Uint16Array, row: Uint16Array, wanted: number[], letter: number): number {
  let least = (before[0] as number) + 1
  row[0] = least
  for (let i = 0; i < wanted.length; i++) {
    const distance = Math.min((before[i] as number) + (wanted[i] === letter ? 0 : 1), (before[i + 1] as number) + 1, (row[i] as number) + 1)
    row[i + 1] = distance
    if (distance < least) least = distance
  }
  return least
}
