import type { Answer, AskRequest, Citation, Problem, ProseSentence, Ready, Suggestions, VerifyReply, VerifyRequest } from '../server/contract.ts'
import { askEvents } from './ask-events.ts'
import { problemOf, secondsUntil } from './problems.ts'
import { webUrl } from './urls.ts'

/** What can go wrong between here and the server, told apart as far as a reader can act on it. */
export type Failure =
  | { kind: 'stopped' }
  /** No connection, or nothing answers at the address. */
  | { kind: 'offline' }
  /** The stream ended, or became unreadable, before the answer was whole. */
  | { kind: 'cut' }
  /** Asked too often, or the server is full: it says when to come back. */
  | { kind: 'limited'; seconds: number; problem: Problem | null }
  | { kind: 'problem'; problem: Problem }

export class RequestFailed extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.kind)
    this.failure = failure
  }
}

/** A server of the record, at an address; whatever fails is thrown as RequestFailed. */
export class Server {
  /** The address that all others are built on: a page may stand under a sub-path, and one with a source a level deeper. */
  private readonly base: string

  /** `base` ends in a slash. */
  constructor(base: string) {
    this.base = base
  }

  /** An address of the server's. `path` has no leading slash. */
  url(path: string): string {
    return new URL(path, this.base).href
  }

  /** The source view at these words. */
  sourceUrl(id: string, start: number | null = null, end: number | null = null): string {
    const url = new URL(`source/${encodeURIComponent(id)}`, this.base)
    if (start !== null && end !== null) url.search = new URLSearchParams({ start: `${start}`, end: `${end}` }).toString()
    return url.href
  }

  /** Where a citation leads: to its own link, or else to the source view at its words. */
  linkTo({ link, source, start, end }: Citation): string {
    return webUrl(link) ?? this.sourceUrl(source.id, start, end)
  }

  /** Asks, hands over each citation, the answer without its prose, and each sentence of that, as they arrive, and returns the whole answer. */
  async ask(
    request: AskRequest,
    on: { citation: (c: Citation) => void; quotes: (a: Answer) => void; sentence: (s: ProseSentence) => void; signal: AbortSignal },
  ): Promise<Answer> {
    const response = await this.send('api/ask', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify(request),
      signal: on.signal,
    })
    // A proxy that cannot stream may hand over the answer in one piece.
    if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) return json<Answer>(response, on.signal)
    try {
      if (response.body) {
        for await (const arrived of askEvents(response.body)) {
          if (arrived.event === 'citation') on.citation(arrived.citation)
          if (arrived.event === 'quotes') on.quotes(arrived.answer)
          if (arrived.event === 'prose') on.sentence(arrived.sentence)
          if (arrived.event === 'problem') throw new RequestFailed(failureOf(arrived.problem, null))
          if (arrived.event === 'answer') return arrived.answer
        }
      }
    } catch (error) {
      if (error instanceof RequestFailed) throw error
      throw new RequestFailed(on.signal.aborted ? { kind: 'stopped' } : { kind: 'cut' })
    }
    throw new RequestFailed(on.signal.aborted ? { kind: 'stopped' } : { kind: 'cut' })
  }

  /** Whether a citation still stands in the text that the server holds. */
  async verify(claim: VerifyRequest, signal: AbortSignal): Promise<VerifyReply> {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(claim), signal }
    return json(await this.send('api/verify', init), signal)
  }

  /** Questions that the record can answer. */
  async suggestions(signal: AbortSignal): Promise<string[]> {
    return (await this.get<Suggestions>('api/suggestions', signal)).questions
  }

  /** What the server answers from; fails with the remedy when there is no index yet. */
  ready(signal: AbortSignal): Promise<Ready> {
    return this.get('readyz', signal, { cache: 'no-store' })
  }

  /** What the server has at an address. */
  async get<T>(path: string, signal: AbortSignal, init: RequestInit = {}): Promise<T> {
    return json<T>(await this.send(path, { ...init, signal }), signal)
  }

  /** The reply of the server, when it is one that succeeded. */
  async send(path: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
    let response: Response
    try {
      response = await fetch(this.url(path), init)
    } catch {
      throw new RequestFailed({ kind: init.signal.aborted ? 'stopped' : 'offline' })
    }
    if (response.ok) return response
    throw new RequestFailed(failureOf(await problemOf(response), response.headers.get('Retry-After')))
  }
}

async function json<T>(response: Response, signal: AbortSignal): Promise<T> {
  try {
    return (await response.json()) as T
  } catch {
    throw new RequestFailed({ kind: signal.aborted ? 'stopped' : 'cut' })
  }
}

function failureOf(problem: Problem, retryAfter: string | null): Failure {
  const seconds = secondsUntil(retryAfter)
  if (problem.status === 429) return { kind: 'limited', seconds: seconds ?? 5, problem }
  if (problem.status === 503 && seconds !== null) return { kind: 'limited', seconds, problem }
  return { kind: 'problem', problem }
}
