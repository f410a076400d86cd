import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { type OpenApiOperation, openApi } from '../server/openapi/document.ts'
import { eventsIn, type Reply } from './served.ts'

/** Of formats and of keywords that only describe nothing is checked. */
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
const compiled = new Map<string, ValidateFunction>()

/** Throws when a reply of ours is none that /openapi.json describes: its status, media type and body, and each event of a stream. */
export function checkDescribed(method: string, target: string, reply: Reply): void {
  const fault = faultOf(method, target, reply)
  if (fault) throw new Error(`/openapi.json does not describe this reply to ${method} ${target.slice(0, 200)}: ${fault}`)
}

function faultOf(method: string, target: string, reply: Reply): string | null {
  // What has no id is the HTTP parser's word, not ours; and a preflight is the browser's affair.
  if (reply.headers['x-request-id'] === undefined || (method === 'OPTIONS' && reply.status === 204)) return null
  const found = operationAt(method, target)
  if (!found) return reply.status < 400 ? fileFault(reply) : problemFault(reply)
  const { operation, pointer } = found
  const described = operation.responses[reply.status]
  if (!described) return `status ${reply.status}: ${reply.text.slice(0, 200)}`
  const absent = Object.keys(described.headers ?? {}).find((name) => reply.headers[name.toLowerCase()] === undefined)
  if (absent) return `no header ${absent}`
  if (reply.status >= 400 && method !== 'HEAD' && reply.headers['content-type']?.includes('problem'))
    return problemFault(reply) ?? bodyFault(`${pointer}/responses/${reply.status}`, described.content ?? {}, reply)
  if (method === 'HEAD' || reply.status === 206 || reply.status === 304) return null
  return bodyFault(`${pointer}/responses/${reply.status}`, described.content ?? {}, reply)
}

/** The operation that a request is for; express takes any case and a slash at the end. */
function operationAt(method: string, target: string): { operation: OpenApiOperation; pointer: string } | null {
  const path = (target.split(/[?#]/)[0] as string).replace(/(.)\/$/, '$1')
  const wanted = method === 'HEAD' ? 'get' : method.toLowerCase()
  for (const [template, operations] of Object.entries(openApi().paths)) {
    const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+').replaceAll('.', '\\.')}$`, 'i')
    const operation = pattern.test(path) ? operations[wanted] : undefined
    if (operation) return { operation, pointer: `#/paths/${template.replaceAll('~', '~0').replaceAll('/', '~1')}/${wanted}` }
  }
  return null
}

/** Files of the page are no routes. */
function fileFault({ headers }: Reply): string | null {
  return /json|event-stream/.test(headers['content-type'] ?? '') ? 'no such operation' : null
}

function problemFault(reply: Reply): string | null {
  const { type = '' } = reply.text === '' ? {} : reply.json<{ type?: string }>()
  // A protocol of others has errors of its own.
  if (!reply.headers['content-type']?.includes('problem')) return null
  const problem = openApi()['x-problems'][type.replace('urn:onrecord:problem:', '')]
  // Of a reply to HEAD there is the status.
  return problem || reply.text === '' ? null : `an unknown problem: ${reply.text.slice(0, 200)}`
}

function bodyFault(pointer: string, content: Record<string, object>, reply: Reply): string | null {
  const type = (reply.headers['content-type'] ?? '').split(';')[0] as string
  if (type === '') return Object.keys(content).length === 0 && reply.text === '' ? null : 'a body without its type, or none where there is to be one'
  const media = content[type] ? type : '*/*'
  const described = content[media] as { schema?: object; 'x-events'?: Record<string, object> } | undefined
  if (!described) return `media type ${type}`
  const place = `${pointer}/content/${media.replaceAll('/', '~1')}`
  const known = described['x-events']
  if (known) {
    const faults = eventsIn(reply.text).map(({ event, data }) => (known[event] ? schemaFault(`${place}/x-events/${event}/schema`, data) : `event ${event}`))
    return faults.find((fault) => fault !== null) ?? null
  }
  return described.schema && /json$/.test(type) ? schemaFault(`${place}/schema`, reply.json()) : null
}

/** What is wrong with a value, by the schema at a place of the document. */
export function schemaFault(pointer: string, value: unknown): string | null {
  if (!ajv.getSchema('openapi')) ajv.addSchema(openApi(), 'openapi')
  const check = compiled.get(pointer) ?? ajv.compile({ $ref: `openapi${encodeURI(pointer)}` })
  compiled.set(pointer, check)
  return check(value) ? null : ajv.errorsText(check.errors)
}
