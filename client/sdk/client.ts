/**
 * A typed client of a server of On Record, for browsers and Node.js.
 * @module onrecord/client
 */
import { askEvents } from '../ask-events.ts'
import { problemOf, secondsUntil } from '../problems.ts'
import { BrokenAnswerError, ProblemError, RateLimitError } from './errors.ts'
import type { Answer, AskRequest, Citation, Problem, Ready, Source, SourcesPage, SourceWithText, Speaker, VerifyReply, VerifyRequest } from './types.ts'

export { BrokenAnswerError, ProblemError, RateLimitError } from './errors.ts'
export type {
  Answer,
  AskRequest,
  Citation,
  Problem,
  Ready,
  Source,
  SourcesPage,
  SourceWithText,
  Speaker,
  Statement,
  VerifyReply,
  VerifyRequest,
} from './types.ts'

/** Which server is asked, and how. */
export interface ClientOptions {
  /** The address of the server, with its sub-path where it has one: `https://town.example/record`. */
  url: string | URL
  /** One of the server's keys, where it asks for one. It is sent as a bearer token: keep it out of pages that others can read. */
  key?: string
  /** What sends the requests. Default: the global `fetch`. */
  fetch?: typeof fetch
}

/** What every call takes. */
export interface CallOptions {
  /** Gives the call up: it throws the signal's reason. */
  signal?: AbortSignal
}

/** A page of the list of sources. */
export interface PageOptions extends CallOptions {
  /** Sources, from 1 to 200. Default: 50. */
  limit?: number
  /** The `next` of the page before. */
  cursor?: string
}

/** A sentence of prose, and the numbers of the citations it stands on. */
export type ProseSentence = NonNullable<Answer['prose']>['sentences'][number]

/** What arrives while an answer is made: `quotes` is the answer without its prose, before a language model writes it; the last one is the whole answer. */
export type AskEvent =
  | { event: 'citation'; citation: Citation }
  | { event: 'quotes'; answer: Answer }
  | { event: 'prose'; sentence: ProseSentence }
  | { event: 'answer'; answer: Answer }

/** Asks the server at an address. Nothing is sent before the first call. Throws TypeError when the address is none. */
export function createClient(options: ClientOptions): OnRecordClient {
  return new OnRecordClient(options)
}

/**
 * A server of On Record. Every call throws `ProblemError` when the server refuses or fails (`RateLimitError` when it was asked too often),
 * `BrokenAnswerError` when what arrives is cut off, what `fetch` throws when the server cannot be reached, and the reason of an aborted signal.
 */
export class OnRecordClient {
  private readonly base: string
  private readonly headers: Record<string, string>
  private readonly fetch: typeof fetch

  /** @internal */
  constructor({ url, key, fetch = globalThis.fetch }: ClientOptions) {
    const base = new URL(url)
    if (!base.pathname.endsWith('/')) base.pathname += '/'
    this.base = base.href
    this.headers = key === undefined ? {} : { Authorization: `Bearer ${key}` }
    // A browser's fetch must be called as the window's own.
    this.fetch = (input, init) => fetch(input, init)
  }

  /** The answer to a question, whole. */
  async ask(question: string | AskRequest, options: CallOptions = {}): Promise<Answer> {
    return this.read(await this.post('api/ask', requestOf(question), options), options)
  }

  /**
   * The citations as they are found, where a language model writes prose the answer without it and then its sentences, and at last the whole
   * answer. Leaving the loop early ends the request.
   */
  async *askStream(question: string | AskRequest, options: CallOptions = {}): AsyncGenerator<AskEvent, void, void> {
    const response = await this.post('api/ask', requestOf(question), options, 'text/event-stream')
    // A proxy that cannot stream may hand over the answer in one piece.
    if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
      yield { event: 'answer', answer: await this.read<Answer>(response, options) }
      return
    }
    for await (const event of this.events(response, options)) {
      yield event
      if (event.event === 'answer') return
    }
    options.signal?.throwIfAborted()
    throw new BrokenAnswerError()
  }

  /** A page of the list of sources, by path; `next` is the `cursor` of the one after, null after the last. */
  sources(page: PageOptions = {}): Promise<SourcesPage> {
    const { limit, cursor, ...options } = page
    const query = new URLSearchParams({ ...(limit !== undefined && { limit: `${limit}` }), ...(cursor !== undefined && { cursor }) })
    return this.get(`api/sources${query.size > 0 ? `?${query}` : ''}`, options)
  }

  /** Every source, a page after the other. */
  async *allSources(options: CallOptions = {}): AsyncGenerator<Source, void, void> {
    let cursor: string | null = null
    do {
      const page: SourcesPage = await this.sources({ limit: 200, ...(cursor !== null && { cursor }), ...options })
      yield* page.sources
      cursor = page.next
    } while (cursor !== null)
  }

  /** A source with its text and everything that somebody is said to have said in it. */
  source(id: string, options: CallOptions = {}): Promise<SourceWithText> {
    return this.get(`api/sources/${encodeURIComponent(id)}`, options)
  }

  /** Does a quote still stand where it was cited from? */
  async verify(claim: VerifyRequest, options: CallOptions = {}): Promise<VerifyReply> {
    return this.read(await this.post('api/verify', claim, options), options)
  }

  /** Questions that the record can answer. */
  async suggestions(options: CallOptions = {}): Promise<string[]> {
    return (await this.get<{ questions: string[] }>('api/suggestions', options)).questions
  }

  /** Who says something in the record, those with most statements first. */
  async speakers(options: CallOptions = {}): Promise<Speaker[]> {
    return (await this.get<{ speakers: Speaker[] }>('api/speakers', options)).speakers
  }

  /** What the server answers from. */
  ready(options: CallOptions = {}): Promise<Ready> {
    return this.get('readyz', options)
  }

  private async get<T>(path: string, options: CallOptions): Promise<T> {
    return this.read<T>(await this.send(path, {}, options), options)
  }

  private post(path: string, body: unknown, options: CallOptions, accept = 'application/json'): Promise<Response> {
    const headers = { 'Content-Type': 'application/json', Accept: accept }
    return this.send(path, { method: 'POST', headers, body: JSON.stringify(body) }, options)
  }

  private async send(path: string, init: RequestInit & { headers?: Record<string, string> }, { signal }: CallOptions): Promise<Response> {
    const headers = { ...init.headers, ...this.headers }
    const response = await this.fetch(new URL(path, this.base).href, { ...init, headers, ...(signal && { signal }) })
    if (response.ok) return response
    const problem = await problemOf(response)
    signal?.throwIfAborted()
    throw errorOf(problem, secondsUntil(response.headers.get('Retry-After')))
  }

  private async read<T>(response: Response, { signal }: CallOptions): Promise<T> {
    try {
      return (await response.json()) as T
    } catch (cause) {
      signal?.throwIfAborted()
      throw new BrokenAnswerError({ cause })
    }
  }

  private async *events({ body }: Response, { signal }: CallOptions): AsyncGenerator<AskEvent, void, void> {
    try {
      if (!body) return
      for await (const arrived of askEvents(body)) {
        if (arrived.event === 'problem') throw errorOf(arrived.problem, null)
        yield arrived
      }
    } catch (cause) {
      if (cause instanceof ProblemError) throw cause
      signal?.throwIfAborted()
      throw new BrokenAnswerError({ cause })
    }
  }
}

function requestOf(question: string | AskRequest): AskRequest {
  return typeof question === 'string' ? { question } : question
}

/** Seconds to wait where the server does not say. */
const SOON = 5

function errorOf(problem: Problem, retryAfter: number | null): ProblemError {
  return problem.status === 429 ? new RateLimitError(problem, retryAfter ?? SOON) : new ProblemError(problem, retryAfter)
}
