import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../index/package-root.ts'
import type { Problem } from '../contract.ts'
import { PROBLEMS, type ProblemCode, problemUrn } from '../problem-types.ts'
import { API } from '../route-table.ts'
import { MCP } from '../routes/mcp.ts'
import { OPENAI } from '../routes/openai.ts'
import type { Content, Operation, Parameter, Reply, Tag } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { contractSchemas, type JsonSchema, schemaOf } from './schemas.ts'

const TAGS: Record<Tag, string> = {
  Asking: 'Questions, their cited answers, and whether a citation still holds.',
  Sources: 'The documents.',
  Protocols: 'The same for programs that speak a protocol of others: AI assistants (Model Context Protocol) and chat front ends (OpenAI).',
  Operation: 'Whether the server answers, and how it fares.',
  Pages: 'What a browser shows, and the script of the widget.',
}

/** What can go wrong with any request, and with any that passes the checks of /api. */
const ANYWHERE: readonly ProblemCode[] = ['bad-request', 'unknown-host', 'too-many-headers', 'internal']
const IN_API: readonly ProblemCode[] = ['invalid-request', 'not-json', 'key-needed', 'origin-not-allowed', 'body-too-large', 'too-many-requests']
/** What can go wrong with a status that is not the problem's usual one: with a body, and where a file is asked for in part or on condition. */
const OTHERWISE = {
  inApi: [
    ['bad-request', 415],
    ['not-json', 415],
  ],
  file: [
    ['bad-request', 412],
    ['bad-request', 416],
  ],
} as const satisfies Record<string, readonly (readonly [ProblemCode, number])[]>

const RETRY_AFTER = { 'Retry-After': { required: true, description: 'Seconds after which to ask again.', schema: { type: 'integer', minimum: 0 } } }
/** What a problem's reply has in its headers, by its status. */
const HEADERS: Record<number, Record<string, JsonSchema>> = {
  401: { 'WWW-Authenticate': { required: true, description: 'How to show a key.', schema: { type: 'string', const: 'Bearer' } } },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
}

const ABOUT = `On Record answers questions in the documents' own words. Every quote is the source's text from \`start\` to \`end\`, character for
character, in UTF-16 code units; \`POST /api/verify\` says whether one still holds.

What is sent in is strict: an unknown field or parameter is a problem, never ignored. Every failure is
[problem+json](https://www.rfc-editor.org/rfc/rfc9457) with a stable \`type\`.`

export interface OpenApi {
  openapi: string
  info: Record<string, unknown>
  servers: { url: string; description: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, OpenApiOperation>>
  components: Record<string, Record<string, JsonSchema>>
  /** Every problem there is, by the last part of its type; what is of no operation is what an unknown address or method is met with. */
  'x-problems': Record<string, { status: number; about: string }>
}

export interface OpenApiOperation {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  security?: Record<string, string[]>[]
  parameters?: JsonSchema[]
  requestBody?: { required: true; content: Record<string, JsonSchema> }
  responses: Record<string, { description: string; headers?: Record<string, JsonSchema>; content?: Record<string, JsonSchema> }>
}

/** The description of the HTTP interface as OpenAPI 3.1 has it; made once. */
export function openApi(): OpenApi {
  made ??= make()
  return made
}

let made: OpenApi | undefined

function make(): OpenApi {
  const paths: OpenApi['paths'] = {}
  for (const [route, operation] of Object.entries(OPERATIONS)) {
    const [method, path] = route.split(' ') as [string, string]
    const templated = path.replace(/:(\w+)/g, '{$1}')
    paths[templated] = { ...paths[templated], [method.toLowerCase()]: described(method, path, operation) }
  }
  const used = JSON.stringify(paths)
  const { version, license, description } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as Record<string, string>
  return {
    openapi: '3.1.1',
    info: { title: 'On Record', version, summary: description, description: ABOUT, license: { name: license, identifier: license } },
    servers: [{ url: '.', description: 'The server that this description came from.' }],
    tags: Object.entries(TAGS).map(([name, about]) => ({ name, description: about })),
    paths,
    components: {
      schemas: reachable(contractSchemas(), used),
      examples: Object.fromEntries(
        problemCodes()
          .filter((code) => used.includes(`"#/components/examples/${code}"`))
          .map((code) => [code, { summary: PROBLEMS[code].about, value: exampleOf(code) }]),
      ),
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'One of ONRECORD_API_KEYS. A server without keys answers everybody who reaches it.' },
      },
    },
    'x-problems': Object.fromEntries(problemCodes().map((code) => [code, { status: PROBLEMS[code].status, about: PROBLEMS[code].about }])),
  }
}

function described(method: string, path: string, operation: Operation): OpenApiOperation {
  const { id, tag, summary, description, parameters = [], body, reply, problems = [], others = {}, errors } = operation
  const inApi = [API, OPENAI].some((place) => path.startsWith(`${place}/`)) || path === MCP
  const { status = 200, about, content, file = false } = reply
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: inApi ? [{}, { key: [] }] : [],
    ...(parameters.length > 0 && { parameters: parameters.map(parameterOf) }),
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body.schema), examples: examplesOf(body.examples) } } } }),
    responses: {
      [status]: replyOf({ about, ...(content && { content }) }),
      ...Object.fromEntries(Object.entries(others).map(([other, one]) => [other, replyOf(one)])),
      ...(method === 'GET' && { 304: { description: 'What the client has, by its ETag, is still the same.' } }),
      ...(file && { 206: { description: 'A part of it, as Range asked for.' } }),
      ...problemReplies(
        [
          ...[...new Set([...problems, ...(inApi ? IN_API : []), ...ANYWHERE])].map((code) => [code, PROBLEMS[code].status] as const),
          ...(inApi ? OTHERWISE.inApi : []),
          ...(file ? OTHERWISE.file : []),
        ],
        errors,
      ),
    },
  }
}

function parameterOf({ name, in: place, about, schema, example }: Parameter): JsonSchema {
  return { name, in: place, required: place === 'path', description: about, schema, example }
}

function examplesOf(examples: Record<string, unknown>): JsonSchema {
  return Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]))
}

function contentOf(type: string, { schema, binary, events, example }: Content): JsonSchema {
  const shown = example === undefined ? {} : { example }
  if (events) {
    const list = Object.entries(events).map(([event, { about, data }]) => [event, { description: about, schema: schemaOf(data) }] as const)
    const stream = {
      type: 'string',
      description: 'Server-Sent Events, each with its data as one line of JSON: `x-events` has what it is.',
      contentMediaType: type,
      contentSchema: { anyOf: list.map(([, { schema: data }]) => data) },
    }
    return { schema: stream, 'x-events': Object.fromEntries(list), ...shown }
  }
  if (schema) return { schema: schemaOf(schema), ...shown }
  // Of bytes there is nothing to say beside their type.
  return binary ? {} : { schema: { type: type === 'application/json' ? 'object' : 'string' }, ...shown }
}

/** The problems of an operation by their statuses. */
function problemReplies(met: (readonly [ProblemCode, number])[], errors: Operation['errors']): OpenApiOperation['responses'] {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const [code, status] of met) byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      {
        description: those.map((code) => PROBLEMS[code].about).join(' '),
        ...(HEADERS[status] && { headers: HEADERS[status] }),
        content: errors
          ? inForm(
              errors,
              those.map((code) => exampleOf(code, status)),
            )
          : {
              'application/problem+json': {
                schema: {
                  allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { type: { enum: those.map(problemUrn) }, status: { const: status } } }],
                },
                examples: Object.fromEntries(
                  those.map((code) => [
                    code,
                    PROBLEMS[code].status === status ? { $ref: `#/components/examples/${code}` } : { value: exampleOf(code, status) },
                  ]),
                ),
              },
            },
      },
    ]),
  )
}

/** Problems as a protocol of others has errors. */
function inForm({ schema, example }: NonNullable<Operation['errors']>, problems: Problem[]): Record<string, JsonSchema> {
  const examples = problems.map((problem) => [problem.type.slice(problem.type.lastIndexOf(':') + 1), { value: example(problem) }])
  return { 'application/json': { schema: schemaOf(schema), examples: Object.fromEntries(examples) } }
}

function replyOf({ about, content }: Pick<Reply, 'about' | 'content'>): OpenApiOperation['responses'][string] {
  if (!content) return { description: about }
  return { description: about, content: Object.fromEntries(Object.entries(content).map(([type, one]) => [type, contentOf(type, one)])) }
}

function problemCodes(): ProblemCode[] {
  return Object.keys(PROBLEMS) as ProblemCode[]
}

function exampleOf(code: ProblemCode, status: number = PROBLEMS[code].status): Problem {
  const { title, about } = PROBLEMS[code]
  return { type: problemUrn(code), title, status, detail: about }
}

/** The schemas that the paths use, and those that these use. */
function reachable(schemas: Record<string, JsonSchema>, from: string): Record<string, JsonSchema> {
  const wanted = new Set<string>()
  const visit = (text: string) => {
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (wanted.has(name as string)) continue
      wanted.add(name as string)
      visit(JSON.stringify(schemas[name as string]))
    }
  }
  visit(from)
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => wanted.has(name)))
}
