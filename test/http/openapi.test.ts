import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'
import type { Answer, Ready } from '../../server/contract.ts'
import type { OpenApi, OpenApiOperation } from '../../server/openapi/document.ts'
import { EXAMPLES } from '../../server/openapi/examples.ts'
import { OPERATIONS } from '../../server/openapi/operations.ts'
import { PROBLEMS } from '../../server/problem-types.ts'
import { checkDescribed, schemaFault } from '../described.ts'
import { type Reply, type Served, serveCorpus } from '../served.ts'

let server: Served
let document: OpenApi
beforeAll(async () => {
  server = await serveCorpus()
  document = (await server.send('/openapi.json')).json<OpenApi>()
})

interface Schema {
  description?: string
  $ref?: string
  items?: Schema
  properties?: Record<string, Schema>
}

const pointed = (...keys: string[]) => `#/${keys.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`

/** Every operation with its place in the document. */
function operations(): { place: string[]; operation: OpenApiOperation }[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ place: ['paths', path, method], operation })),
  )
}

describe('the description', () => {
  it('is valid OpenAPI 3.1 by the recommended rules of Redocly, without a warning', async () => {
    const config = await createConfig({ extends: ['recommended'] })
    const found = await lintFromString({ source: JSON.stringify(document), config })
    expect(found.map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer}`)).toEqual([])
  })

  it('is found faulty by them when it is', async () => {
    const config = await createConfig({ extends: ['recommended'] })
    const wrong = { ...document, paths: { ...document.paths, '/x/{id}': { get: { responses: { 200: {} } } } } }
    expect((await lintFromString({ source: JSON.stringify(wrong), config })).length).toBeGreaterThan(2)
  })

  it('has every route of the app and no other', () => {
    const routes = server.routes.flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`))
    expect(Object.keys(OPERATIONS).sort()).toEqual(routes.sort())
  })

  it('has every problem that the server can throw, and none that it cannot', () => {
    const files = readdirSync(join(packageRoot(), 'server'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    const code = files.map((file) => readFileSync(join(packageRoot(), 'server', file), 'utf8')).join('\n')
    const errors = readFileSync(join(packageRoot(), 'index', 'errors.ts'), 'utf8')
    const thrown = [...code.matchAll(/new ProblemError\(\s*'([a-z-]+)'/g)].map(([, name]) => name as string)
    const ofErrors = [...errors.matchAll(/\| '([A-Z_]+)'/g)].map(([, name]) => (name as string).toLowerCase().replaceAll('_', '-'))
    expect(Object.keys(document['x-problems'])).toEqual(Object.keys(PROBLEMS))
    expect(Object.keys(PROBLEMS).filter((name) => !thrown.includes(name) && !ofErrors.includes(name))).toEqual([])
    expect(new Set(thrown)).toEqual(new Set(thrown.filter((name) => name in PROBLEMS)))
    expect(thrown.length).toBeGreaterThan(20)
  })

  it('tells each operation apart, in a sentence', () => {
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { operation } of operations()) expect(operation.summary).toMatch(/\.$/)
  })

  it('says what every field means that has no schema of its own to say it', () => {
    const missing: string[] = []
    const visit = (place: string, schema: Schema) => {
      for (const [name, field] of Object.entries(schema.properties ?? {})) {
        if (!field.description && !field.$ref) missing.push(`${place}.${name}`)
        visit(`${place}.${name}`, field.items ?? field)
      }
    }
    for (const [name, schema] of Object.entries(document.components.schemas ?? {})) visit(name, schema as Schema)
    expect(missing).toEqual([])
  })

  it('is kept by a client until it changes', async () => {
    const first = await server.send('/openapi.json')
    expect(first.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(first.headers['cache-control']).toBe('public, max-age=300')
    const again = await server.send('/openapi.json', { headers: { 'If-None-Match': first.headers.etag as string } })
    expect([again.status, again.text]).toEqual([304, ''])
  })
})

describe('the examples', () => {
  it('are as their schemas have them', () => {
    const faults: string[] = []
    let checked = 0
    const check = (media: Record<string, unknown>, place: string[]) => {
      const { example, examples = {}, schema } = media as { example?: unknown; examples?: Record<string, { value?: unknown; $ref?: string }>; schema?: unknown }
      const values = [example, ...Object.values(examples).map(({ value, $ref }) => value ?? valueAt($ref as string))].filter((value) => value !== undefined)
      for (const value of schema ? values : []) {
        checked++
        const fault = schemaFault(pointed(...place, 'schema'), value)
        if (fault) faults.push(`${place.join(' ')}: ${fault}`)
      }
    }
    for (const { place, operation } of operations()) {
      for (const [i, parameter] of (operation.parameters ?? []).entries()) check(parameter, [...place, 'parameters', `${i}`])
      for (const [type, media] of Object.entries(operation.requestBody?.content ?? {})) check(media, [...place, 'requestBody', 'content', type])
      for (const [status, { content = {} }] of Object.entries(operation.responses))
        for (const [type, media] of Object.entries(content)) check(media, [...place, 'responses', status, 'content', type])
    }
    expect(faults).toEqual([])
    expect(checked).toBeGreaterThan(100)
  })

  const valueAt = ($ref: string) => document.components.examples?.[$ref.split('/').at(-1) as string]?.value

  /** Without what differs from one run, machine and server to another. */
  const lasting = (answer: Answer) => ({
    ...answer,
    generation: '',
    timings: {},
    citations: answer.citations.map((citation) => ({ ...citation, link: new URL(citation.link).pathname, score: Math.round(citation.score * 100) })),
  })

  it('are what the server of the sample documents says', async () => {
    expect(lasting((await server.post('/api/ask', EXAMPLES.ask)).json<Answer>())).toEqual(lasting(EXAMPLES.answer))
    for (const request of [EXAMPLES.followUp, EXAMPLES.filtered]) {
      expect((await server.post('/api/ask', request)).json<Answer>()).toMatchObject({ question: EXAMPLES.answer.question, status: 'answered' })
    }
    expect((await server.post('/api/verify', EXAMPLES.verify)).json()).toEqual(EXAMPLES.verified)
    expect((await server.post('/api/verify', EXAMPLES.verifyChanged)).json()).toMatchObject({ verified: false })
    expect((await server.send('/api/suggestions')).json()).toEqual(EXAMPLES.suggestions)
    expect((await server.send('/api/speakers')).json<{ speakers: unknown[] }>().speakers).toEqual(expect.arrayContaining(EXAMPLES.speakers.speakers))
    expect((await server.send('/api/sources?limit=1')).json()).toEqual(EXAMPLES.sources)
    expect(await server.source(EXAMPLES.source.id)).toEqual(EXAMPLES.source)
    expect({ ...(await server.send('/readyz')).json<Ready>(), generation: EXAMPLES.ready.generation }).toEqual(EXAMPLES.ready)
  })
})

describe('a reply that is not described', () => {
  const reply = (status: number, body: unknown, type = 'application/json'): Reply => {
    const text = JSON.stringify(body)
    return { status, headers: { 'content-type': type, 'x-request-id': 'x' }, text, bytes: Buffer.from(text), json: <T>() => JSON.parse(text) as T }
  }

  it.each<[string, string, string, Reply]>([
    ['with another status', 'GET', '/healthz', reply(201, { status: 'ok' })],
    ['with another body', 'GET', '/healthz', reply(200, { status: 'fine' })],
    ['with a field too many', 'GET', '/healthz', reply(200, { status: 'ok', more: 1 })],
    ['of another type', 'GET', '/healthz', reply(200, {}, 'text/plain')],
    ['of no operation', 'GET', '/api/nothing', reply(200, {})],
    ['with a problem that there is not', 'GET', '/nothing', reply(404, { type: 'urn:onrecord:problem:gone-fishing' }, 'application/problem+json')],
    [
      'with a problem that is of others',
      'GET',
      '/healthz',
      reply(500, { type: 'urn:onrecord:problem:not-json', title: 'x', status: 500, detail: 'x' }, 'application/problem+json'),
    ],
  ])('%s fails the test that it comes in', (_what, method, path, wrong) => {
    expect(() => checkDescribed(method, path, wrong)).toThrow(/does not describe/)
  })
})
