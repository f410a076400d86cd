import { createHash, timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator } from 'express-rate-limit'
import type { Config } from '../config.ts'
import { ProblemError } from '../problems.ts'
import type { Told } from '../told.ts'

/** Bits of an IPv6 address that are one client: a household or a machine is given that many addresses to choose from. */
const IPV6_CLIENT = 64

/** Finds out who asks: by the key that is shown when it is one of ours, else by the address. Refuses nobody. */
export function identify({ API_KEYS }: Pick<Config, 'API_KEYS'>): RequestHandler {
  const known = API_KEYS.map(hashOf)
  return (request, response, next) => {
    const key = known.length === 0 ? null : keyIn(request, known)
    const told = response.locals as Told
    told.keyed = key !== null
    told.client = key ?? ipKeyGenerator((request.ip ?? '').slice(0, 64), IPV6_CLIENT)
    next()
  }
}

/** Refuses whoever shows no key of ours, where there are keys. Everything that needs one passes here. */
export function authorise({ API_KEYS }: Pick<Config, 'API_KEYS'>): RequestHandler {
  return (_request, response, next) => {
    if (API_KEYS.length === 0 || (response.locals as Told).keyed) return next()
    response.setHeader('WWW-Authenticate', 'Bearer')
    throw new ProblemError('key-needed', 'This server answers only to programs that show one of its keys.', {
      remedy: 'Send the header Authorization: Bearer KEY; its operator has the keys.',
    })
  }
}

/** The name of the known key that a request shows. Every known one is compared, whichever it is, in constant time. */
function keyIn(request: Request, known: Buffer[]): string | null {
  const [header, ...more] = request.headersDistinct.authorization ?? []
  const shown = more.length === 0 ? /^Bearer +([^\s]+)$/i.exec(header ?? '')?.[1] : undefined
  if (shown === undefined) return null
  const hash = hashOf(shown)
  const matches = known.filter((key) => timingSafeEqual(key, hash))
  return matches.length > 0 ? `key ${hash.toString('hex').slice(0, 16)}` : null
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
