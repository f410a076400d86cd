import type { LexicalIndex } from './lexical.ts'
import { codeOf, LEXICAL_FILE, type LexicalColumns, lengthOfNumber, newLexicalFile, readList, termAt, writeNumber } from './lexical-file.ts'
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

/**
 * Writes a lexical index. Passages come in the order of their numbers, each once, either as text or from a previous index; the file is the same,
 * byte for byte, whichever way they came.
 */
export class LexicalWriter {
  private readonly previous: LexicalColumns | undefined
  private readonly terms = new Map<string, number>()
  private readonly entries = new Numbers()
  private readonly starts = new Numbers()
  private readonly textLengths = new Numbers()
  private readonly titleLengths = new Numbers()
  private kept: Log | undefined

  private constructor(previous: LexicalColumns | undefined) {
    this.previous = previous
    // The lists of the previous index keep their numbers; those that nothing is taken from are left out at the end.
    if (previous) for (let term = 0; term < previous.termStarts.length - 1; term++) this.terms.set(termAt(previous, term), term)
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
    for (let i = 0; i < count; i++) {
      this.begin(to + i)
      this.entries.append(entries.subarray(starts[from + i], starts[from + i + 1]))
    }
    this.textLengths.append(this.previous.textLengths.subarray(from, from + count))
    this.titleLengths.append(this.previous.titleLengths.subarray(from, from + count))
  }

  /** The files of the index, to be written beside the others; called once, at the end. */
  finish(): { name: string; bytes: Uint8Array }[] {
    this.kept = undefined
    this.starts.push(this.entries.length)
    const log = { entries: this.entries.all, starts: this.starts.all }
    const lists = 2 * this.terms.size
    const counts = new Uint32Array(lists)
    const lengths = new Uint32Array(lists)
    eachPosting(log, lists, (list, code, frequency) => {
      counts[list] = (counts[list] as number) + 1
      lengths[list] = (lengths[list] as number) + lengthOfNumber(code) + (code & 1 ? lengthOfNumber(frequency) : 0)
    })
    const used = [...this.terms].filter(([, term]) => counts[2 * term] || counts[2 * term + 1]).sort(([a], [b]) => (a < b ? -1 : 1))
    const letters = used.reduce((sum, [term]) => sum + term.length, 0)
    const sizeOf = (list: number) => (counts[list] ? lengthOfNumber(counts[list]) + (lengths[list] as number) : 0)
    const postings = used.reduce((sum, [, term]) => sum + sizeOf(2 * term) + sizeOf(2 * term + 1), 0)
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

  private begin(passage: number): void {
    if (passage !== this.starts.length) throw new Error(`passage ${passage} comes where ${this.starts.length} was expected`)
    this.starts.push(this.entries.length)
  }

  /** Logs the terms of a text (field 0) or title (1), and returns how many different ones there are. */
  private log(terms: string[], field: 0 | 1): number {
    const frequencies = new Map<string, number>()
    for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1)
    for (const [term, frequency] of frequencies) {
      const number = this.terms.get(term) ?? this.terms.size
      this.terms.set(term, number)
      const list = 2 * number + field
      this.entries.push(2 * list + (frequency > 1 ? 1 : 0))
      if (frequency > 1) this.entries.push(frequency)
    }
    return frequencies.size
  }
}

/** Writes the terms and where their lists begin, and the length of each list at its beginning; returns where the first posting of each goes. */
function layOut(used: [string, number][], counts: Uint32Array, sizeOf: (list: number) => number, columns: LexicalColumns): Uint32Array {
  const next = new Uint32Array(counts.length)
  let letter = 0
  let at = 0
  used.forEach(([term, number], rank) => {
    for (let i = 0; i < term.length; i++) columns.letters[letter++] = term.charCodeAt(i)
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
