import { setTimeout as wait } from 'node:timers/promises'
import type { Dispatcher } from 'undici'
import type { BodyLimit } from './body.ts'
import { conditionsOf, type Validators } from './conditions.ts'
import { Gate } from './gate.ts'
import { NotFetched, refusal } from './not-fetched.ts'
import { isRedirect, type Reply, retryAfter, send } from './request.ts'
import { ROBOT, ROBOTS_BYTES, type Robots, readRobots } from './robots.ts'
import { readWebAddress } from './web-address.ts'

/** A page as it came, unpacked. */
export interface Page {
  /** Where it was, after redirects. */
  url: URL
  bytes: Uint8Array
  contentType: string
  etag: string | null
  lastModified: string | null
}

/** How hosts are spared, and we. */
export const POLITENESS = {
  /** Milliseconds between two requests to a host; a host's Crawl-delay may ask for more, up to `longestPause`. */
  pause: 1000,
  longestPause: 30_000,
  /** Milliseconds that a host may ask us to wait by Retry-After, and how often. */
  longestRetry: 60_000,
  retries: 2,
  /** Requests at once, each to another host. */
  atOnce: 4,
  redirects: 5,
  /** Bytes of a page, unpacked. */
  bytes: 20_000_000,
  /** Milliseconds from a request to the last byte of its reply. */
  request: 120_000,
}

export interface FetcherOptions {
  agent: Dispatcher
  version: string
  signal?: AbortSignal
  politeness?: Partial<typeof POLITENESS>
}

interface Host {
  gate: Gate
  /** When the last request to it ended. */
  asked: number
}

/** Fetches pages: asks each host for its robots.txt once, one request at a time to a host with a pause between, few hosts at once. */
export class Fetcher {
  private readonly options: FetcherOptions
  private readonly polite: typeof POLITENESS
  private readonly all: Gate
  private readonly hosts = new Map<string, Host>()
  private readonly robots = new Map<string, Promise<Robots>>()

  constructor(options: FetcherOptions) {
    this.options = options
    this.polite = { ...POLITENESS, ...options.politeness }
    this.all = new Gate(this.polite.atOnce)
  }

  /** A page, or `unchanged` when it is still what the validators belong to. Throws what `reasonOf` puts into words. */
  async fetch(address: URL, validators?: Validators): Promise<Page | 'unchanged'> {
    const conditions = conditionsOf(validators)
    let url = address
    for (let hop = 0; hop <= this.polite.redirects; hop++) {
      const { status, headers, bytes } = await this.visit(url, conditions)
      if (status === 200) {
        const { 'content-type': contentType = '', etag = null, 'last-modified': lastModified = null } = headers
        return { url, bytes, contentType, etag, lastModified }
      }
      if (status === 304 && Object.keys(conditions).length > 0) return 'unchanged'
      if (!isRedirect(status) || !headers.location) throw refusal(status)
      const next = readWebAddress(headers.location, url)
      if (url.protocol === 'https:' && next.protocol === 'http:')
        throw new NotFetched('INSECURE_REDIRECT', `It leads from https to ${next.href}, which anybody on the way can change; add that address if you trust it.`)
      url = next
    }
    throw new NotFetched('REDIRECTS', `It leads on more than ${this.polite.redirects} times; open it in a browser and add the address where it ends.`)
  }

  /** One request in the host's turn, once more when it asks to be asked later. */
  private visit(url: URL, conditions: Record<string, string>): Promise<Reply> {
    const host = this.hosts.get(url.host) ?? { gate: new Gate(1), asked: Number.NEGATIVE_INFINITY }
    this.hosts.set(url.host, host)
    return host.gate.pass(async () => {
      const robots = await this.robotsOf(url)
      if (!robots.allows(url)) throw new NotFetched('ROBOTS', `${url.origin}/robots.txt asks robots not to fetch it; ask its owner, or save it by hand.`)
      const pause = Math.min(Math.max(this.polite.pause, robots.delay * 1000), this.polite.longestPause)
      for (let retry = 0; ; retry++) {
        await this.wait(host.asked + pause - performance.now())
        const reply = await this.send(url, conditions).finally(() => {
          host.asked = performance.now()
        })
        const later = retryAfter(reply)
        if (later === null || later > this.polite.longestRetry || retry === this.polite.retries) return reply
        await this.wait(later)
      }
    })
  }

  /** The rules of a host, asked for once. */
  private robotsOf({ origin }: URL): Promise<Robots> {
    const known = this.robots.get(origin) ?? this.askRobots(new URL('/robots.txt', origin))
    this.robots.set(origin, known)
    return known
  }

  private async askRobots(robotsUrl: URL): Promise<Robots> {
    let url = robotsUrl
    for (let hop = 0; hop <= this.polite.redirects; hop++) {
      const { status, headers, bytes } = await this.send(url, {}, { limit: ROBOTS_BYTES, beyond: 'cut' })
      if (!isRedirect(status) || !headers.location) return readRobots(robotsUrl, status, new TextDecoder().decode(bytes))
      url = readWebAddress(headers.location, url)
    }
    // A robots.txt that cannot be found is none.
    return readRobots(robotsUrl, 404, '')
  }

  private send(url: URL, conditions: Record<string, string>, body: BodyLimit = { limit: this.polite.bytes }): Promise<Reply> {
    const { agent, version, signal } = this.options
    const headers = { 'user-agent': `${ROBOT}/${version}`, ...conditions }
    return this.all.pass(() => send(url, { agent, headers, body, milliseconds: this.polite.request, signal }))
  }

  private async wait(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await wait(milliseconds, undefined, { signal: this.options.signal })
  }
}
