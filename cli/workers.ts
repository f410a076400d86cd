import { OnRecordError } from '../index/errors.ts'

/** The number of threads that `--workers` asks for. Throws USAGE. */
export function workersOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const workers = Number(value)
  if (!/^\d+$/.test(value) || workers < 1 || workers > 256)
    throw new OnRecordError('USAGE', `--workers is "${value}": it must be a whole number from 1 to 256.`, '')
  return workers
}
