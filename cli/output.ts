import { access, constants } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { replaceFile } from '../index/durable.ts'
import { OnRecordError } from '../index/errors.ts'

/** Says now, and not after minutes of work, that a file cannot be written. Throws OUTPUT_UNWRITABLE. */
export async function checkWritable(file: string): Promise<void> {
  await access(dirname(resolve(file)), constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw unwritable(file, error)
  })
}

/** Writes a file whole or not at all. Throws OUTPUT_UNWRITABLE. */
export async function write(file: string, content: string): Promise<void> {
  await replaceFile(resolve(file), content).catch((error: NodeJS.ErrnoException) => {
    throw unwritable(file, error)
  })
}

function unwritable(file: string, cause: NodeJS.ErrnoException): OnRecordError {
  return new OnRecordError(
    'OUTPUT_UNWRITABLE',
    `${file} cannot be written (${cause.code ?? cause.message}).`,
    'Name a file in a folder that you may write to.',
    { cause },
  )
}
