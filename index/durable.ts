import { createHash, randomBytes } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { DISK, type Disk } from './disk.ts'
import { OnRecordError } from './errors.ts'

/** What a file must hold. */
export interface FileFacts {
  name: string
  bytes: number
  /** Hexadecimal. */
  sha256: string
}

/** Bytes that wait to be written together: a write for each of 10,000 sources takes seconds. */
const WAITING = 1 << 20

/** A file that is written from its start to its end and forced to the disk, and what it must hold by what was meant to be written. */
export class DurableFile {
  readonly name: string
  private readonly handle: FileHandle
  private readonly hash = createHash('sha256')
  private bytes = 0
  private waiting: Uint8Array[] = []
  private waitingBytes = 0

  private constructor(name: string, handle: FileHandle) {
    this.name = name
    this.handle = handle
  }

  static async create(disk: Disk, directory: string, name: string): Promise<DurableFile> {
    return new DurableFile(name, await disk.open(join(directory, name), 'w'))
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.waiting.push(bytes)
    this.waitingBytes += bytes.length
    this.hash.update(bytes)
    this.bytes += bytes.length
    if (this.waitingBytes >= WAITING) await this.write()
  }

  /** Appends what another file holds from one byte to another. */
  async appendFrom(path: string, from: number, to: number, disk: Disk): Promise<void> {
    await this.write()
    const source = await disk.open(path, 'r')
    try {
      const chunk = Buffer.allocUnsafe(Math.min(WAITING, to - from))
      for (let at = from; at < to; ) {
        const { bytesRead } = await source.read(chunk, 0, Math.min(chunk.length, to - at), at)
        if (bytesRead === 0) throw new Error(`${path} ends before it should`)
        const bytes = chunk.subarray(0, bytesRead)
        const written = this.handle.appendFile(bytes)
        this.hash.update(bytes)
        this.bytes += bytesRead
        at += bytesRead
        await written
      }
    } finally {
      await source.close()
    }
  }

  /** Of what was appended, hexadecimal. */
  get sha256(): string {
    return this.hash.copy().digest('hex')
  }

  /** Forces the file to the disk and closes it. */
  async finish(): Promise<FileFacts> {
    await this.write()
    await this.handle.sync()
    await this.handle.close()
    return { name: this.name, bytes: this.bytes, sha256: this.hash.digest('hex') }
  }

  async abandon(): Promise<void> {
    await this.handle.close().catch(() => {})
  }

  private async write(): Promise<void> {
    if (this.waitingBytes === 0) return
    const bytes = this.waiting.length === 1 ? (this.waiting[0] as Uint8Array) : Buffer.concat(this.waiting)
    this.waiting = []
    this.waitingBytes = 0
    await this.handle.appendFile(bytes)
  }
}

/** Writes a new file whole and forces it to the disk. */
export async function writeDurably(disk: Disk, directory: string, name: string, content: string | Uint8Array): Promise<FileFacts> {
  const file = await DurableFile.create(disk, directory, name)
  try {
    await file.append(Buffer.from(content as string))
    return await file.finish()
  } catch (error) {
    await file.abandon()
    throw error
  }
}

/** Forces a file's bytes, or a folder's entries, to the disk. */
export async function sync(path: string, disk = DISK): Promise<void> {
  const handle = await disk.open(path, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Windows cannot sync a folder; its renames are durable without it.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM' && (error as NodeJS.ErrnoException).code !== 'EISDIR') throw error
  } finally {
    await handle.close()
  }
}

/** Makes a folder and those above it, and forces their names to the disk. */
export async function makeFolder(path: string, disk = DISK): Promise<void> {
  const first = await disk.mkdir(path, { recursive: true })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) await sync(dirname(made), disk)
}

/** Writes a file so that after a crash it holds either its old content or all of the new; what is half written has a hidden name. */
export async function replaceFile(path: string, content: string | Uint8Array, disk = DISK): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    await writeDurably(disk, dirname(draft), basename(draft), content)
    await disk.rename(draft, path)
  } catch (error) {
    await disk.rm(draft, { force: true }).catch(() => {})
    throw error
  }
  await sync(dirname(path), disk)
}

/** The text of a file, or null when there is none. */
export async function readIfThere(path: string, disk = DISK): Promise<string | null> {
  return disk.readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
}

/** The numbers of a file of int32. */
export async function numbersIn(path: string, disk = DISK): Promise<Int32Array> {
  const bytes = await disk.readFile(path)
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

/** Why an index cannot be written, for a person. */
export function unwritable(index: string, cause: unknown): OnRecordError {
  if (cause instanceof OnRecordError && cause.code !== 'INDEX_DAMAGED') return cause
  const why = cause instanceof Error ? cause.message : String(cause)
  return new OnRecordError(
    'INDEX_UNWRITABLE',
    `The index in ${index} cannot be written: ${why.replace(/\.$/, '')}.`,
    'Check that the folder can be written and the disk has room; the index before it is untouched.',
    { cause },
  )
}
