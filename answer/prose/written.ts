import { Written } from './sentence.ts'

/** Objects within objects, and characters of one: what is more is no sentence, and to read it again at each end would take too long. */
const DEEPEST = 4
const LONGEST = 4000

/** What stands in the place of a sentence that has not the form that was asked for. */
export type Malformed = 'malformed'

interface Opened {
  /** Where it begins in the text that is kept. */
  start: number
  holdsOthers: boolean
}

/**
 * Reads the sentences in what a model writes while it is being written: JSON objects, one a line, but also within an array, a code fence, or
 * words of its own around them. One that is broken spoils no other: a string never runs over a line's end.
 */
export class WrittenReader {
  private text = ''
  /** Objects that are not closed. */
  private open: Opened[] = []
  private inString = false
  private isEscaped = false

  /** The sentences that end in these characters, each read when it is asked for. */
  public *read(characters: string): Generator<Written | Malformed> {
    for (const character of characters) {
      this.text += character
      const sentence = this.take(character) ?? this.bound()
      if (sentence) yield sentence
      if (this.open.length === 0) this.text = ''
    }
  }

  private take(character: string): Written | Malformed | null {
    if (character === '\n' && this.inString) return this.giveUp()
    if (this.isEscaped) this.isEscaped = false
    else if (this.inString && character === '\\') this.isEscaped = true
    else if (character === '"' && this.open.length > 0) this.inString = !this.inString
    else if (!this.inString && character === '{') this.begin()
    else if (!this.inString && character === '}' && this.open.length > 0) return this.close(this.open.pop() as Opened)
    return null
  }

  private begin(): void {
    const around = this.open.at(-1)
    if (around) around.holdsOthers = true
    this.open.push({ start: this.text.length - 1, holdsOthers: false })
  }

  private close({ start, holdsOthers }: Opened): Written | Malformed | null {
    const { success, data } = Written.safeParse(parsed(this.text.slice(start)))
    if (success) return data
    // What holds the sentences is none itself.
    return holdsOthers ? null : 'malformed'
  }

  /** Forgets the outermost object when it is too deep or too long; those in it may be sentences. */
  private bound(): Malformed | null {
    if (this.open.length <= DEEPEST && this.text.length <= LONGEST) return null
    this.open.shift()
    const kept = this.open[0]?.start
    if (kept === undefined) return this.giveUp()
    this.text = this.text.slice(kept)
    for (const object of this.open) object.start -= kept
    return null
  }

  private giveUp(): Malformed {
    this.open = []
    this.inString = false
    this.isEscaped = false
    return 'malformed'
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
