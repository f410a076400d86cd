import { type ParseArgsConfig, parseArgs } from 'node:util'
import { OnRecordError } from '../index/errors.ts'

/** An option of a command, as it is read and as `--help` tells it. */
export interface Option {
  type: 'string' | 'boolean'
  /** What its value is called; a switch has none. */
  value?: string
  what: string
  /** What holds without it. */
  otherwise?: string
}

export interface Command {
  usage: string
  about: string
  options: Record<string, Option>
  /** Command lines, with what each does. */
  examples: [line: string, does: string][]
  /** Resolves to the exit code. */
  run(args: string[]): Promise<number>
}

export const INDEX = { type: 'string', value: 'DIR', what: 'The folder of the index.', otherwise: 'ONRECORD_INDEX, or .onrecord' } as const

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
