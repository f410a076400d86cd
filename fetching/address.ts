import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** May a connection be made to this IP address? */
export type AddressRule = (address: string) => boolean

/**
 * Public addresses, and those of networks that the operator names (`10.20.0.0/16`). Link-local ones never: at 169.254.169.254 the
 * machines of clouds keep their keys.
 */
export function addressRule(networks: readonly string[] = []): AddressRule {
  const named = networks.map((network) => ipaddr.parseCIDR(network))
  return (text) => {
    const address = read(text)
    if (address === null || address.range() === 'linkLocal') return false
    return isPublic(address) || named.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))
  }
}

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')

/** IPv6 outside 2000::/3 is not given out to anybody. Tunnels (6to4, Teredo) lead to addresses that nobody checks: no range of theirs is `unicast`. */
function isPublic(address: Address): boolean {
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(GLOBAL_UNICAST))
}

/** An address as it is written by resolvers; one of IPv4 within IPv6 is the IPv4 address that the packets arrive at. Null for anything else. */
function read(text: string): Address | null {
  if (isIP(text) === 0 || text.includes('%')) return null
  // The library takes ::8.8.8.8 for ::ffff:8.8.8.8; a URL writes either in figures only.
  const address = ipaddr.process(isIP(text) === 6 ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text)
  return address.kind() === 'ipv6' && address.match(NAT64) ? ipaddr.fromByteArray(address.toByteArray().slice(12)) : address
}
