import type { Disk } from './disk.ts'
import { FILES, type Generation } from './generation.ts'
import { fileAsWritten } from './manifest.ts'
import type { StoredSource } from './stored-sources.ts'

const LINE_FEED = 10
/** What the numbers of a line, which are at its end, begin with (SourceLine). */
const NUMBERS = ',"textAt":'

/** The lines of a generation's sources.jsonl, to be taken over into the next one without making an object of each. */
export class KeptLines {
  private readonly generation: Generation
  private readonly bytes: Buffer
  /** Where each line begins, and where the last one ends. */
  private readonly starts: number[] = [0]

  private constructor(generation: Generation, bytes: Buffer) {
    this.generation = generation
    this.bytes = bytes
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) this.starts.push(at + 1)
  }

  /** Throws INDEX_DAMAGED when the file is not what it was. */
  static async read(generation: Generation, disk: Disk): Promise<KeptLines> {
    return new KeptLines(generation, await fileAsWritten(generation.directory, FILES.sources, generation.manifest, disk))
  }

  /** The lines of so many sources from a number on, where their texts and passages lie so much further on. */
  of(first: number, count: number, textsFurther: number, passagesFurther: number): Buffer {
    const lineAt = (number: number) => this.starts[number] as number
    if (textsFurther === 0 && passagesFurther === 0) return this.bytes.subarray(lineAt(first), lineAt(first + count))
    const parts: Buffer[] = []
    for (let number = first; number < first + count; number++) {
      const line = this.bytes.subarray(lineAt(number), lineAt(number + 1))
      const { textAt, textBytes, firstPassage, passages } = this.generation.sources[number] as StoredSource
      const numbers = { textAt: textAt + textsFurther, textBytes, firstPassage: firstPassage + passagesFurther, passages }
      parts.push(line.subarray(0, line.lastIndexOf(NUMBERS)), Buffer.from(`,${JSON.stringify(numbers).slice(1)}\n`))
    }
    return Buffer.concat(parts)
  }
}
