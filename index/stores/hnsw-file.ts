import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * What saveIndex of hnswlib writes first: offsetLevel0, max_elements, cur_element_count, size_data_per_element, label_offset and offsetData of
 * 8 bytes each, and 48 bytes of settings. Then each point has its links, its vector at offsetData, and its label behind that; last come the
 * upper layers, a length of 4 bytes for each point at least.
 */
const HEADER = 96
const LABEL = 8

/** The vectors in a graph's own file: hnswlib makes an array of numbers of a vector, which takes ten times as long as reading it here. */
export class HnswFile {
  private readonly file: number
  private readonly points: number
  /** Where the vector of the first point stands, and bytes from one point to the next. */
  private readonly first: number
  private readonly step: number
  private readonly dimensions: number
  private readonly bytes: Uint8Array
  private readonly label: DataView

  private constructor(file: number, facts: { points: number; first: number; step: number; dimensions: number }) {
    this.file = file
    this.points = facts.points
    this.first = facts.first
    this.step = facts.step
    this.dimensions = facts.dimensions
    this.bytes = new Uint8Array(facts.dimensions * 4 + LABEL)
    this.label = new DataView(this.bytes.buffer, facts.dimensions * 4)
  }

  /** Null when the file is not laid out as expected for so many points; hnswlib has to be asked then. */
  static open(path: string, { points, dimensions }: { points: number; dimensions: number }): HnswFile | null {
    const file = openSync(path, 'r')
    const header = Buffer.alloc(HEADER)
    readSync(file, header, 0, HEADER, 0)
    const [, , count, step = 0, labelAt, vectorAt = 0] = Array.from({ length: 6 }, (_, i) => Number(header.readBigUInt64LE(8 * i)))
    const isExpected =
      count === points && labelAt === vectorAt + dimensions * 4 && step === labelAt + LABEL && fstatSync(file).size >= HEADER + points * (step + 4)
    if (isExpected) return new HnswFile(file, { points, first: HEADER + vectorAt, step, dimensions })
    closeSync(file)
    return null
  }

  /** Null for a point that the file does not hold, or not at the place of its number. */
  vectorOf(point: number): Float32Array | null {
    if (point >= this.points) return null
    const read = readSync(this.file, this.bytes, 0, this.bytes.length, this.first + point * this.step)
    if (read < this.bytes.length || this.label.getBigUint64(0, true) !== BigInt(point)) return null
    return new Float32Array(this.bytes.buffer.slice(0, this.dimensions * 4))
  }

  close(): void {
    closeSync(this.file)
  }
}
