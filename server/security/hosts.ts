import type { Request, RequestHandler } from 'express'
import type { Config } from '../config.ts'
import { ProblemError } from '../problems.ts'

/**
 * Refuses a request whose Host is none of the server's names, so that no other site's name can be pointed at it (DNS rebinding).
 * Its own names are localhost, the address it is bound to, the address the request came in by, and those of ONRECORD_HOSTS.
 */
export function hostCheck({ HOST, HOSTS }: Pick<Config, 'HOST' | 'HOSTS'>): RequestHandler {
  const names = new Set(['localhost', '127.0.0.1', '[::1]', bracketed(HOST), ...HOSTS].map((name) => name.toLowerCase()))
  return (request, _response, next) => {
    const address = bracketed((request.socket.localAddress ?? '').replace(/^::ffff:/, ''))
    const own = (host: string) => {
      const name = hostName(host)
      return name !== null && (names.has(name) || name === address)
    }
    const claimed = hostsOf(request)
    if (claimed.length > 0 && claimed.every(own)) return next()
    throw new ProblemError('unknown-host', 'This server does not answer to that host name.', {
      remedy: 'Its operator can add it to ONRECORD_HOSTS.',
    })
  }
}

/** Every host that a request names: in its Host headers, all of them, and in a request target of absolute form, which goes before them. */
function hostsOf(request: Request): string[] {
  const target = /^[a-z][a-z0-9+.-]*:(?:\/\/([^/?#]*))?/i.exec(request.originalUrl)
  const hosts = request.headersDistinct.host ?? []
  // Two Host headers are two readings of one request, even where both are ours.
  if (hosts.length > 1) return ['']
  return target ? [target[1] ?? '', ...(hosts.length > 0 ? hosts : [''])] : hosts
}

/** The name of a Host header without its port, in lower case; null when it is not one. */
function hostName(host: string): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(host)
  return match?.[1]?.toLowerCase() ?? null
}

function bracketed(address: string): string {
  return address.includes(':') && !address.startsWith('[') ? `[${address}]` : address
}
