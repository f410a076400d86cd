import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { OnRecordError } from '../index/errors.ts'
import type { Feedback } from './contract.ts'
import { ProblemError } from './problems.ts'

/** Bytes of the file, at most: about a hundred thousand answers with five citations each. */
const MOST = 100_000_000
/** A link is not followed: the file is made, and read by its owner only. */
const FLAGS = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
const OWNER_ONLY = 0o600

/** A file of JSON lines: what readers thought of answers, each with its time. A line is on the disk before its sender is told so. */
export class FeedbackFile {
  private readonly file: string
  private readonly most: number
  /** One line after another: the size is looked at before each. */
  private last: Promise<void> = Promise.resolve()

  constructor(file: string, most = MOST) {
    this.file = resolve(file)
    this.most = most
  }

  /** Throws `feedback-full`, and OUTPUT_UNWRITABLE. */
  add(feedback: Feedback): Promise<void> {
    const line = Buffer.from(`${JSON.stringify({ time: new Date().toISOString(), ...feedback })}\n`)
    const added = this.last.then(() => this.append(line))
    this.last = added.catch(() => {})
    return added
  }

  private async append(line: Buffer): Promise<void> {
    let handle: FileHandle | undefined
    try {
      handle = await open(this.file, FLAGS, OWNER_ONLY)
      const facts = await handle.stat()
      if (!facts.isFile()) throw new Error('it is no file')
      if (facts.size + line.length > this.most)
        throw new ProblemError('feedback-full', 'No more feedback can be kept.', { remedy: 'Its operator can move the file of ONRECORD_FEEDBACK away.' })
      if ((facts.mode & 0o077) !== 0) await handle.chmod(OWNER_ONLY)
      await this.write(handle, line, facts.size)
    } catch (cause) {
      if (cause instanceof ProblemError) throw cause
      throw new OnRecordError('OUTPUT_UNWRITABLE', `${this.file} cannot be written.`, 'Name a file that the server may write to: ONRECORD_FEEDBACK.', { cause })
    } finally {
      await handle?.close()
    }
  }

  /** Half a line, as a full disk leaves it, is taken back: the next one would be joined to it. */
  private async write(handle: FileHandle, line: Uint8Array, end: number): Promise<void> {
    try {
      await handle.appendFile(line)
      await handle.sync()
    } catch (error) {
      await handle.truncate(end).catch(() => {})
      throw error
    }
  }
}
