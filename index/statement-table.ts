import { Numbers } from './numbers.ts'
import type { Statement } from './types.ts'

const FORMS = ['direct', 'indirect', 'mixed'] as const
/** What a statement has in words, each of which stands in many statements. */
const WORDS = ['mention', 'speaker', 'role', 'cue', 'saidOn', 'saidOnText'] as const
/** Numbers a statement has: start, end, form, and the number of each of its words. */
const WIDTH = 3 + WORDS.length

/** Statements in 36 bytes each, where objects take about 400: of 20,000 documents there are a few hundred thousand. */
export class StatementTable {
  private readonly numbers = new Numbers()
  private readonly words: (string | null)[] = []
  private numberOf = new Map<string | null, number>()

  /** Adds the statements of a source and returns the number of the first. */
  add(statements: Statement[]): number {
    const first = this.numbers.length / WIDTH
    for (const statement of statements) {
      this.numbers.push(statement.start)
      this.numbers.push(statement.end)
      this.numbers.push(FORMS.indexOf(statement.speech))
      for (const name of WORDS) this.numbers.push(this.numberOfWord(statement[name]))
    }
    return first
  }

  /** To be called when all are added. */
  close(): void {
    this.numberOf.clear()
  }

  /** So many statements from a number on. */
  of(first: number, count: number): Statement[] {
    const { all } = this.numbers
    return Array.from({ length: count }, (_, i) => {
      const at = (first + i) * WIDTH
      const word = (n: number) => this.words[all[at + 3 + n] as number] as string | null
      return {
        start: all[at] as number,
        end: all[at + 1] as number,
        mention: word(0),
        speaker: word(1) as string,
        role: word(2),
        speech: FORMS[all[at + 2] as number] as Statement['speech'],
        cue: word(3),
        saidOn: word(4),
        saidOnText: word(5),
      }
    })
  }

  private numberOfWord(word: string | null): number {
    let number = this.numberOf.get(word)
    if (number === undefined) {
      number = this.words.push(word) - 1
      this.numberOf.set(word, number)
    }
    return number
  }
}
