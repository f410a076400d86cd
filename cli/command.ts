import { type ParseArgsConfig, parseArgs } from 'node:util'
import { OnRecordError } from '../index/errors.ts'

export interface Command {
  usage: string
  about: string
  /** Resolves to the exit code. */
  run(args: string[]): Promise<number>
}

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>>

/** Reads a command's arguments. Throws USAGE for an option it does not have. */
export function readArgs<T extends Options>(args: string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('. ')[0] : String(cause)
    throw new OnRecordError('USAGE', `${why}.`, '', { cause })
  }
}
