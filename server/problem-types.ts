import type { ErrorCode } from '../index/errors.ts'

interface ProblemType {
  status: number
  /** Other statuses that it may have, where HTTP tells more of them apart than a client needs to. */
  also?: readonly number[]
  title: string
  /** When it is met with, as /openapi.json tells it. */
  about: string
}

/** Every problem that a reply can be, by the last part of its type: what is not here cannot be thrown, and /openapi.json has each of them. */
export const PROBLEMS = {
  'bad-request': { status: 400, also: [412, 415, 416], title: 'Bad request', about: 'The request could not be read.' },
  'not-json': { status: 400, also: [415], title: 'Not JSON', about: 'The body is not valid JSON, or not said to be by Content-Type: application/json.' },
  'invalid-request': { status: 400, title: 'Invalid request', about: 'A field or a parameter is wrong, missing or unknown; `field` names it.' },
  'key-needed': { status: 401, title: 'Key needed', about: 'The server answers only to programs that show one of its keys.' },
  'origin-not-allowed': { status: 403, title: 'Origin not allowed', about: 'Pages of this origin may not ask here (ONRECORD_ORIGINS).' },
  'quotes-only': { status: 403, title: 'Quotes only', about: 'The server shows quotes in their passages, not whole sources (ONRECORD_SOURCES=quotes).' },
  'metrics-closed': { status: 403, title: 'Not open', about: 'The metrics can be read on the machine of the server only (ONRECORD_METRICS).' },
  'not-found': { status: 404, title: 'Not found', about: 'There is nothing at this address.' },
  'no-such-source': { status: 404, title: 'No such source', about: 'There is no source with this id; it may have gone with a new index.' },
  'feedback-off': { status: 404, title: 'Feedback is off', about: 'The server takes no feedback (ONRECORD_FEEDBACK).' },
  'method-not-allowed': { status: 405, title: 'Method not allowed', about: 'The address takes other methods; the header Allow names them.' },
  'file-gone': { status: 410, title: 'File gone', about: 'The file is not the one that was indexed any more.' },
  'body-too-large': { status: 413, title: 'Body too large', about: 'The body of a request may have at most 64 KiB, below /v1 512 KiB.' },
  'unknown-host': { status: 421, title: 'Unknown host', about: 'The server does not answer to the host name of the request (ONRECORD_HOSTS).' },
  'too-many-requests': { status: 429, title: 'Too many requests', about: 'A client, or all of them together, asked too often (ONRECORD_RATE_LIMIT).' },
  'too-many-headers': { status: 431, title: 'Too many headers', about: 'A request may have at most 100 headers.' },
  internal: { status: 500, title: 'Something failed here', about: 'The server could not answer; its log says why, under `requestId`.' },
  overloaded: { status: 503, title: 'Too many questions', about: 'More questions wait than can be answered soon; `retryAfter` says when to ask again.' },
  'too-slow': { status: 503, title: 'Too slow', about: 'The question could not be answered in time (ONRECORD_DEADLINE).' },
  stopping: { status: 503, title: 'Stopping', about: 'The server is about to stop.' },
  'index-missing': { status: 503, title: 'No index yet', about: 'No documents are indexed yet.' },
  'index-locked': { status: 503, title: 'Not ready', about: 'The index cannot be used at the moment: another program holds it.' },
  'index-damaged': { status: 503, title: 'Not ready', about: 'The index cannot be used: it is damaged.' },
  'index-other-model': { status: 503, title: 'Not ready', about: 'The index cannot be used: it was made by another model.' },
  'index-other-version': { status: 503, title: 'Not ready', about: 'The index cannot be used: it was made by another version of On Record.' },
  'index-unwritable': { status: 503, title: 'Not ready', about: 'The index cannot be used: its folder cannot be written.' },
  'database-gone': { status: 503, title: 'Not ready', about: 'The database of the index cannot be reached.' },
  'database-busy': { status: 503, title: 'Not ready', about: 'The database of the index is there, and takes too long or has no room for another question.' },
  'database-unusable': { status: 503, title: 'Not ready', about: 'The database of the index cannot be used: an address, a right or an extension is wrong.' },
  'database-full': { status: 503, title: 'Not ready', about: 'The disk of the database is full.' },
  'model-missing': { status: 503, title: 'Not ready', about: 'The model cannot be used: a file of it is missing.' },
  'model-damaged': { status: 503, title: 'Not ready', about: 'The model cannot be used: a file of it is damaged.' },
  'embedder-failed': { status: 503, title: 'Not ready', about: 'The model failed.' },
  'calibration-invalid': { status: 503, title: 'Not ready', about: 'The calibration beside the index cannot be read.' },
  'feedback-full': { status: 507, title: 'Feedback is full', about: 'The file of feedback has reached its size, and nothing more is kept.' },
} as const satisfies Record<string, ProblemType>

export type ProblemCode = keyof typeof PROBLEMS

/** The statuses that a problem can have, its usual one first. */
export function statusesOf(code: ProblemCode): number[] {
  const { status, also = [] }: ProblemType = PROBLEMS[code]
  return [status, ...also]
}

export function problemUrn(code: ProblemCode): string {
  return `urn:onrecord:problem:${code}`
}

/** The problem of an error that is the operator's to mend; null for one that no request should meet with. */
export function problemOfError(code: ErrorCode): ProblemCode | null {
  const name = code.toLowerCase().replaceAll('_', '-')
  return Object.hasOwn(PROBLEMS, name) ? (name as ProblemCode) : null
}
