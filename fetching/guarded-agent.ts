import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import type { AddressRule } from './address.ts'
import { NotFetched } from './not-fetched.ts'

/** Every address of a host. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>

const resolveAll: Resolve = (hostname) => lookup(hostname, { all: true })

/** Milliseconds of silence, at most: until connected, until the headers, and between parts of the body. */
const TIMEOUTS = { connect: 10_000, headers: 30_000, body: 30_000 }

/**
 * Connects to allowed addresses only. A name is resolved once, when a connection is made, and the addresses that were checked are the ones
 * connected to, so that a second answer of the name server changes nothing. A name with any forbidden address is refused. No proxy is used.
 */
export function guardedAgent(allow: AddressRule, resolve = resolveAll): Agent {
  const connector = buildConnector({ timeout: TIMEOUTS.connect, lookup: guarded(allow, resolve) })
  return new Agent({
    headersTimeout: TIMEOUTS.headers,
    bodyTimeout: TIMEOUTS.body,
    // A host that is an address is not looked up.
    connect: (options, done) => (isIP(options.hostname) !== 0 && !allow(options.hostname) ? done(forbidden(options.hostname), null) : connector(options, done)),
  })
}

function guarded(allow: AddressRule, resolve: Resolve): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname).then(
      (addresses) => {
        const bad = addresses.find(({ address }) => !allow(address))
        const [first] = addresses
        if (bad) done(forbidden(bad.address), '')
        else if (!first) done(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), '')
        else if (options.all) done(null, addresses)
        else done(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => done(error, ''),
    )
  }
}

function forbidden(address: string): NotFetched {
  return new NotFetched(
    'PRIVATE_ADDRESS',
    `It leads to ${address}, which is not public. ONRECORD_FETCH_NETWORKS may name a network of your own; link-local addresses are never fetched from.`,
  )
}
