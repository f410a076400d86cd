import type { z } from 'zod/v4'
import type { Problem } from '../contract.ts'
import type { ProblemCode } from '../problem-types.ts'

/** What /openapi.json tells of routes, by method and path as they are declared: `GET /api/sources/:id`. Stands beside the routes themselves. */
export type Operations = Record<string, Operation>

export interface Operation {
  /** The name of the call in clients that are made from the description. */
  id: string
  tag: Tag
  summary: string
  description?: string
  parameters?: Parameter[]
  body?: { schema: z.ZodType; examples: Record<string, unknown> }
  /** The reply when all goes well. */
  reply: Reply
  /** Replies with other statuses when all goes well, or as a protocol of others has it. */
  others?: Record<number, Omit<Reply, 'status'>>
  /** How what goes wrong is told, where that is not as a problem. */
  errors?: { schema: z.ZodType; example: (problem: Problem) => unknown }
  /** What can go wrong here, beside what can anywhere (see document.ts). */
  problems?: readonly ProblemCode[]
}

export type Tag = 'Asking' | 'Sources' | 'Protocols' | 'Operation' | 'Pages'

export interface Parameter {
  name: string
  in: 'path' | 'query'
  about: string
  /** JSON Schema. */
  schema: object
  example: unknown
}

export interface Reply {
  status?: 200 | 204
  about: string
  /** By media type; none for a reply without a body. */
  content?: Record<string, Content>
  /** Is it a file of ours, of which a client may ask for a part? */
  file?: boolean
}

export interface Content {
  /** What is no JSON is a text, or bytes where `binary` says so. */
  schema?: z.ZodType
  binary?: true
  /** Of a stream of Server-Sent Events: what the data of each event is. */
  events?: Record<string, { about: string; data: z.ZodType }>
  example?: unknown
}

/** What can go wrong with the index and the models. */
export const INDEX_PROBLEMS = [
  'index-missing',
  'index-locked',
  'index-damaged',
  'index-other-model',
  'index-other-version',
  'index-unwritable',
  'database-gone',
  'database-busy',
  'database-unusable',
  'database-full',
  'model-missing',
  'model-damaged',
  'embedder-failed',
  'calibration-invalid',
] as const satisfies readonly ProblemCode[]

/** What can happen to a question that waits for its turn. */
export const QUEUE_PROBLEMS = ['overloaded', 'too-slow'] as const satisfies readonly ProblemCode[]

/** A page of ours. */
export function pageOperation(id: string, summary: string, parameters: Parameter[] = []): Operation {
  return { id, tag: 'Pages', summary, parameters, reply: { about: 'The page.', content: { 'text/html': {} } } }
}
