/** As much of OpenAPI 3.1 and JSON Schema as our own description uses. */
export interface OpenApi {
  info: { version: string }
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; examples: Record<string, { value: unknown }> }
  'x-problems': Record<string, { status: number; about: string }>
}

export interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  parameters?: { name: string; in: string; description: string; schema: Schema; example?: unknown }[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, { description: string; content?: Record<string, Media> }>
}

export interface Media {
  schema?: Schema
  example?: unknown
  examples?: Record<string, { value?: unknown }>
  'x-events'?: Record<string, { description: string; schema: Schema }>
}

export interface Schema {
  $ref?: string
  type?: string
  description?: string
  enum?: string[]
  const?: unknown
  items?: Schema
  anyOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
}

/** A field of an object, those of objects within it included: `filters.after`, `history[].question`. */
export interface Field {
  name: string
  schema: Schema
  required: boolean
}

/** The fields of an object that has no name of its own, with those of what is in it. */
export function fieldsOf({ properties = {}, required = [] }: Schema, prefix = ''): Field[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const own = { name: prefix + name, schema, required: required.includes(name) }
    const inner = schema.items ?? schema
    return [own, ...fieldsOf(inner, `${own.name}${schema.items ? '[]' : ''}.`)]
  })
}

/** What a value is, as words and the names of schemas that are told elsewhere on the page. */
export function typeOf(schema: Schema): { text: string; schema?: string }[] {
  const { $ref, type, enum: values, const: only, items, anyOf, additionalProperties } = schema
  if ($ref) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1)
    return [{ text: name, schema: name }]
  }
  if (anyOf) return anyOf.flatMap((one, i) => [...(i > 0 ? [{ text: ' or ' }] : []), ...typeOf(one)])
  if (values) return [{ text: values.map((value) => `"${value}"`).join(' | ') }]
  if (only !== undefined) return [{ text: JSON.stringify(only) }]
  if (items) return [{ text: 'list of ' }, ...typeOf(items)]
  if (typeof additionalProperties === 'object' && additionalProperties.type) return [{ text: 'object of ' }, ...typeOf(additionalProperties)]
  return [{ text: type ?? 'any' }]
}
