import { Written } from './sentence.ts'

/** What stands in the place of a sentence that has not the form that was asked for. */
export type Malformed = 'malformed'

/**
 * Reads the sentences in what a model writes while it is being written: JSON objects, one a line, but also within an array, a code fence, or
 * words of its own around them. One that is broken spoils no other: a string never runs over a line's end.
 */
export class WrittenReader {
  private text = ''
  /** Where objects began that are not closed. */
  private open: number[] = []
  private inString = false
  private isEscaped = false

  /** The sentences that end in these characters. */
  read(characters: string): (Written | Malformed)[] {
    const found: (Written | Malformed)[] = []
    for (const character of characters) {
      this.text += character
      const sentence = this.take(character)
      if (sentence) found.push(sentence)
      if (this.open.length === 0) this.text = ''
    }
    return found
  }

  private take(character: string): Written | Malformed | null {
    if (character === '\n' && this.inString) return this.giveUp()
    if (this.isEscaped) this.isEscaped = false
    else if (this.inString && character === '\\') this.isEscaped = true
    else if (character === '"' && this.open.length > 0) this.inString = !this.inString
    else if (!this.inString && character === '{') this.open.push(this.text.length - 1)
    else if (!this.inString && character === '}' && this.open.length > 0) return this.close(this.open.pop() as number)
    return null
  }

  private close(start: number): Written | Malformed | null {
    const value = parsed(this.text.slice(start))
    const { success, data } = Written.safeParse(value)
    if (success) return data
    // What holds the sentences is none itself.
    return typeof value === 'object' && value !== null && !('text' in value) ? null : 'malformed'
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
