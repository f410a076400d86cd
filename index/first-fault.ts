import type { z } from 'zod/v4'

/** The first thing that is wrong with data, as a person is told of it. */
export interface Fault {
  /** The path of the field, with dots; empty for the whole. */
  field: string
  /** Is there no such field? */
  isUnknown: boolean
  message: string
}

export function firstFault({ issues: [issue] }: z.ZodError): Fault {
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])]
  return { field: path.join('.'), isUnknown: unknown !== undefined, message: issue?.message ?? '' }
}
