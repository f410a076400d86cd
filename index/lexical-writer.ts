import type { LexicalIndex } from './lexical.ts'
import { codeOf, LEXICAL_FILE, type LexicalColumns, lengthOfNumber, newLexicalFile, numberOf, placeOf, readList, writeNumber } from './lexical-file.ts'
import { Numbers } from './numbers.ts'
import { termsOf } from './terms.ts'

/**
 * What passages hold, one after the other: for each term of a text or title the number of its list, times two; plus one where the frequency
 * follows because it is not 1. So a passage can be taken over as it is, and 100,000 of them take about 30 MB.
 */
interface Log {
  entries: Uint32Array
  /** Where each passage begins, and where the last one ends. */
  starts: Uint32Array
}

/** A term by its number, and its UTF-16 code units. */
interface Term {
  number: number
  letters: Uint16Array
}

/**
 * Writes a lexical index. Passages come in the order of their numbers, each once, either as text or from a previous index; the file is the same,
 * byte for byte, whichever way they came.
 */
export class LexicalWriter {
  private readonly previous: LexicalColumns | undefined
  /** Terms of the previous index: they keep their numbers, and those that nothing is taken from are left out at the end. */
  private readonly previousTerms: number
  /** The numbers of terms that were looked up, and the terms that are new, which are numbered after those of the previous index. */
  private readonly numbers = new Map<string, number>()
  private readonly newTerms: string[] = []
  private readonly entries = new Numbers()
  private readonly starts = new Numbers()
  private readonly textLengths = new Numbers()
  private readonly titleLengths = new Numbers()
  private kept: Log | undefined

  private constructor(previous: LexicalColumns | undefined) {
    this.previous = previous
    this.previousTerms = previous ? previous.termStarts.length - 1 : 0
  }

  static for(previous?: LexicalIndex): LexicalWriter {
    return new LexicalWriter(previous?.columns)
  }

  add(passage: number, text: string, title: string): void {
    this.begin(passage)
    this.textLengths.push(this.log(termsOf(text), 0))
    this.titleLengths.push(this.log(termsOf(title), 1))
  }

  /** Takes over passages `from` to `from + count` of the previous index under the numbers from `to` on, with what their titles hold. */
  keep(from: number, count: number, to: number): void {
    if (!this.previous || from + count > this.previous.textLengths.length) throw new Error('the previous index does not hold these passages')
    this.kept ??= logOf(this.previous)
    const { entries, starts } = this.kept
    const further = this.entries.length - (starts[from] as number)
    for (let i = 0; i < count; i++) this.begin(to + i, (starts[from + i] as number) + further)
    this.entries.append(entries.subarray(starts[from], starts[from + count]))
    this.textLengths.append(this.previous.textLengths.subarray(from, from + count))
    this.titleLengths.append(this.previous.titleLengths.subarray(from, from + count))
  }

  /** The files of the index, to be written beside the others; called once, at the end. */
  finish(): { name: string; bytes: Uint8Array }[] {
    this.kept = undefined
    this.starts.push(this.entries.length)
    const log = { entries: this.entries.all, starts: this.starts.all }
    const lists = 2 * (this.previousTerms + this.newTerms.length)
    const counts = new Uint32Array(lists)
    const lengths = new Uint32Array(lists)
    eachPosting(log, lists, (list, code, frequency) => {
      counts[list] = (counts[list] as number) + 1
      lengths[list] = (lengths[list] as number) + lengthOfNumber(code) + (code & 1 ? lengthOfNumber(frequency) : 0)
    })
    const used = this.sortedTerms().filter(({ number }) => counts[2 * number] || counts[2 * number + 1])
    const letters = used.reduce((sum, { letters }) => sum + letters.length, 0)
    const sizeOf = (list: number) => (counts[list] ? lengthOfNumber(counts[list]) + (lengths[list] as number) : 0)
    const postings = used.reduce((sum, { number }) => sum + sizeOf(2 * number) + sizeOf(2 * number + 1), 0)
    const { bytes, columns } = newLexicalFile({ passages: this.textLengths.length, terms: used.length, letters, postings })
    columns.textLengths.set(this.textLengths.all)
    columns.titleLengths.set(this.titleLengths.all)
    const next = layOut(used, counts, sizeOf, columns)
    eachPosting(log, lists, (list, code, frequency) => {
      const at = writeNumber(columns.postings, next[list] as number, code)
      next[list] = code & 1 ? writeNumber(columns.postings, at, frequency) : at
    })
    return [{ name: LEXICAL_FILE, bytes }]
  }

  private sortedTerms(): Term[] {
    const { previous, previousTerms } = this
    const sorted: Term[] = []
    const upTo = (place: number) => {
      for (let number = sorted.length - added; number < place; number++)
        sorted.push({ number, letters: (previous as LexicalColumns).letters.subarray(previous?.termStarts[number], previous?.termStarts[number + 1]) })
    }
    let added = 0
    const order = [...this.newTerms.entries()].sort(([, a], [, b]) => (a < b ? -1 : 1))
    for (const [number, term] of order) {
      if (previous) upTo(placeOf(previous, term))
      sorted.push({ number: previousTerms + number, letters: Uint16Array.from({ length: term.length }, (_, i) => term.charCodeAt(i)) })
      added++
    }
    upTo(previousTerms)
    return sorted
  }

  private numberOf(term: string): number {
    let number = this.numbers.get(term)
    if (number !== undefined) return number
    number = this.previous ? numberOf(this.previous, term) : -1
    if (number < 0) number = this.previousTerms + this.newTerms.push(term) - 1
    this.numbers.set(term, number)
    return number
  }

  private begin(passage: number, at = this.entries.length): void {
    if (passage !== this.starts.length) throw new Error(`passage ${passage} comes where ${this.starts.length} was expected`)
    this.starts.push(at)
  }

  /** Logs the terms of a text (field 0) or title (1), and returns how many different ones there are. */
  private log(terms: string[], field: 0 | 1): number {
    const frequencies = new Map<string, number>()
    for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1)
    for (const [term, frequency] of frequencies) {
      const list = 2 * this.numberOf(term) + field
      this.entries.push(2 * list + (frequency > 1 ? 1 : 0))
      if (frequency > 1) this.entries.push(frequency)
    }
    return frequencies.size
  }
}

/** Writes the terms and where their lists begin, and the length of each list at its beginning; returns where the first posting of each goes. */
function layOut(used: Term[], counts: Uint32Array, sizeOf: (list: number) => number, columns: LexicalColumns): Uint32Array {
  const next = new Uint32Array(counts.length)
  let letter = 0
  let at = 0
  used.forEach(({ number, letters }, rank) => {
    columns.letters.set(letters, letter)
    letter += letters.length
    columns.termStarts[rank + 1] = letter
    for (const field of [0, 1]) {
      const list = 2 * number + field
      if (counts[list]) next[list] = writeNumber(columns.postings, at, counts[list])
      at += sizeOf(list)
      columns.listStarts[2 * rank + field + 1] = at
    }
  })
  return next
}

/** Calls `visit` for each posting of a log, those of each list in the order of the passages, with the code that says which passage it is. */
function eachPosting({ entries, starts }: Log, lists: number, visit: (list: number, code: number, frequency: number) => void): void {
  const last = new Int32Array(lists).fill(-1)
  for (let passage = 0; passage < starts.length - 1; passage++) {
    for (let at = starts[passage] as number; at < (starts[passage + 1] as number); at++) {
      const entry = entries[at] as number
      const list = entry >>> 1
      const frequency = entry & 1 ? (entries[++at] as number) : 1
      visit(list, codeOf(passage, last[list] as number, frequency), frequency)
      last[list] = passage
    }
  }
}

/** What the passages of an index hold. */
function logOf(columns: LexicalColumns): Log {
  const lists = columns.listStarts.length - 1
  const starts = new Uint32Array(columns.textLengths.length + 1)
  const next = starts.subarray(1)
  for (let list = 0; list < lists; list++) {
    readList(columns, list, (passage, frequency) => {
      next[passage] = (next[passage] as number) + (frequency > 1 ? 2 : 1)
    })
  }
  for (let passage = 1; passage < starts.length; passage++) starts[passage] = (starts[passage] as number) + (starts[passage - 1] as number)
  const entries = new Uint32Array(starts.at(-1) as number)
  const at = starts.slice()
  for (let list = 0; list < lists; list++) {
    readList(columns, list, (passage, frequency) => {
      entries[at[passage] as number] = 2 * list + (frequency > 1 ? 1 : 0)
      if (frequency > 1) entries[(at[passage] as number) + 1] = frequency
      at[passage] = (at[passage] as number) + (frequency > 1 ? 2 : 1)
    })
  }
  return { entries, starts }
}
