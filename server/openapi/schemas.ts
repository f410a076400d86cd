import { z } from 'zod/v4'
import * as contract from '../contract.ts'
import { ChatRequest } from '../openai/chat-request.ts'
import * as protocols from '../openai/described.ts'

const PLACE = '#/components/schemas/'

/** A schema of JSON Schema 2020-12. */
export type JsonSchema = { [key: string]: unknown }

const named = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries({ ...contract, ...protocols, ChatRequest })) if (schema instanceof z.ZodType) named.add(schema, { id })

/** Each schema of the contract, and of the protocols of others, by its name there. */
export function contractSchemas(): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(named, { uri: (id) => PLACE + id })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, tidied(schema) as JsonSchema]))
}

/** A schema where it is used: by its name, or whole when it has none. */
export function schemaOf(schema: z.ZodType): JsonSchema {
  const id = named.get(schema)?.id
  return id === undefined ? (tidied(z.toJSONSchema(schema)) as JsonSchema) : { $ref: PLACE + id }
}

/** Without what says nothing here: the dialect, which OpenAPI 3.1 settles, and that whole numbers are safe ones. */
function tidied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidied)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([key, inner]) => !['$schema', '$id', 'propertyNames'].includes(key) && Math.abs(Number(inner)) !== Number.MAX_SAFE_INTEGER,
  )
  return Object.fromEntries(kept.map(([key, inner]) => [key, tidied(inner)]))
}
