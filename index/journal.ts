import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Disk } from './disk.ts'
import { unwritable } from './durable.ts'
import { KEY_BYTES, type StoredVectors } from './stored-vectors.ts'

const FILE = 'embedded'
/** What stands before each record: the length of what follows, and the first bytes of its sha256. */
const HEAD = { length: 4, check: 12 }
/** Time that a record waits for others, in ms: they are written together. */
const TOGETHER = 30

/**
 * What a build has embedded and not yet committed, so that the next one need not embed it again when this one is stopped, killed or fails.
 * One file in the index that only grows; a record is a passage's key and vectors with a checksum, so that one that was not written whole,
 * or did not reach the disk, ends it. It is removed once a generation is committed. Only a build that holds the lock may open it.
 */
export class Journal {
  /** Is it left to the next build when it is closed? */
  isNeeded = true
  private readonly index: string
  private readonly path: string
  private readonly disk: Disk
  private readonly file: FileHandle
  private readonly dimensions: number
  private readonly places: Map<string, Place>
  private end: number
  private readonly waiting: { key: string; record: Buffer; bytes: number }[] = []
  private written: Promise<void> = Promise.resolve()
  /** The write that will take what waits. */
  private next: Promise<void> | null = null

  private constructor({ index, path, disk, file, dimensions, places, end }: Parts) {
    this.index = index
    this.path = path
    this.disk = disk
    this.file = file
    this.dimensions = dimensions
    this.places = places
    this.end = end
  }

  /** Opens the journal of an index, or begins one; that of another model is begun anew. Throws INDEX_UNWRITABLE. */
  static async open(index: string, { fingerprint, dimensions }: { fingerprint: string; dimensions: number }, disk: Disk): Promise<Journal> {
    const path = join(index, FILE)
    let file: FileHandle | undefined
    try {
      file = await disk.open(path, 'a+')
      const first = Buffer.from(`${fingerprint}\n`)
      const { size } = await file.stat()
      const found = (await read(file, 0, first.length)).equals(first) ? await placesIn(file, first.length, size) : null
      if ((found?.end ?? 0) < size) await file.truncate(found?.end ?? 0)
      if (!found) await file.appendFile(first)
      return new Journal({ index, path, disk, file, dimensions, places: found?.places ?? new Map(), end: found?.end ?? first.length })
    } catch (cause) {
      await file?.close().catch(() => {})
      throw unwritable(index, cause)
    }
  }

  /** The vectors of a passage that this build or one before it embedded; null when none did. */
  async find(key: Buffer): Promise<StoredVectors | null> {
    const place = this.places.get(key.toString('latin1'))
    return place ? unpacked(await read(this.file, place.at, place.bytes), this.dimensions) : null
  }

  /** Appends what was embedded. Throws INDEX_UNWRITABLE. */
  add(key: Buffer, vectors: StoredVectors): Promise<void> {
    const body = Buffer.concat([key, packed(vectors)])
    const head = Buffer.alloc(HEAD.length)
    head.writeUInt32LE(body.length)
    this.waiting.push({ key: key.toString('latin1'), record: Buffer.concat([head, checkOf(body), body]), bytes: body.length - KEY_BYTES })
    this.next ??= this.written = this.writeAfter(this.written)
    return this.next
  }

  private async writeAfter(before: Promise<void>): Promise<void> {
    await Promise.all([before, setTimeout(TOGETHER)])
    const records = this.waiting.splice(0)
    this.next = null
    await this.file.appendFile(Buffer.concat(records.map(({ record }) => record))).catch((cause: unknown) => {
      throw unwritable(this.index, cause)
    })
    for (const { key, record, bytes } of records) {
      this.end += record.length
      this.places.set(key, { at: this.end - bytes, bytes })
    }
  }

  /** Ends it, and removes it when everything is in a generation or there is nothing in it. */
  async close(): Promise<void> {
    await this.written.catch(() => {})
    await this.file.close().catch(() => {})
    if (!this.isNeeded || this.places.size === 0) await this.disk.rm(this.path, { force: true }).catch(() => {})
  }
}

interface Parts {
  index: string
  path: string
  disk: Disk
  file: FileHandle
  dimensions: number
  places: Map<string, Place>
  end: number
}

interface Place {
  at: number
  bytes: number
}

/** Where the records are that are whole, and where they end. */
async function placesIn(file: FileHandle, from: number, size: number): Promise<{ places: Map<string, Place>; end: number }> {
  const places = new Map<string, Place>()
  const before = HEAD.length + HEAD.check
  let at = from
  while (at + before + KEY_BYTES <= size) {
    const head = await read(file, at, before)
    const length = head.readUInt32LE()
    if (length < KEY_BYTES || at + before + length > size) break
    const body = await read(file, at + before, length)
    if (!checkOf(body).equals(head.subarray(HEAD.length))) break
    places.set(body.toString('latin1', 0, KEY_BYTES), { at: at + before + KEY_BYTES, bytes: length - KEY_BYTES })
    at += before + length
  }
  return { places, end: at }
}

async function read(file: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes)
  const { bytesRead } = await file.read(buffer, 0, bytes, at)
  return buffer.subarray(0, bytesRead)
}

function checkOf(body: Buffer): Buffer {
  return createHash('sha256').update(body).digest().subarray(0, HEAD.check)
}

function packed({ passage, sentences, signs, tokens }: StoredVectors): Buffer {
  const counts = Int32Array.of(tokens.length, ...tokens)
  return Buffer.concat([bytesOf(counts), bytesOf(passage), sentences, signs])
}

function unpacked(record: Buffer, dimensions: number): StoredVectors {
  const sentences = record.readInt32LE(0)
  const tokens = Array.from({ length: sentences }, (_, i) => record.readInt32LE(4 * (i + 1)))
  const at = 4 * (sentences + 1)
  const passage = new Float32Array(Uint8Array.from(record.subarray(at, at + 4 * dimensions)).buffer)
  const after = at + 4 * dimensions
  const signsAt = after + sentences * dimensions
  return { passage, sentences: record.subarray(after, signsAt), signs: record.subarray(signsAt), tokens }
}

function bytesOf(numbers: Int32Array | Float32Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)
}
