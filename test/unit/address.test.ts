import { expect, it } from 'vitest'
import { addressRule } from '../../fetching/address.ts'
import { readWebAddress } from '../../fetching/web-address.ts'

const isPublic = addressRule()

it.each([
  ['8.8.8.8', 'IPv4'],
  ['9.255.255.255', 'just before 10/8'],
  ['11.0.0.0', 'just after 10/8'],
  ['172.15.255.255', 'just before 172.16/12'],
  ['172.32.0.0', 'just after 172.16/12'],
  ['169.253.255.255', 'just before the link-local'],
  ['100.63.255.255', 'just before carriers'],
  ['100.128.0.0', 'just after carriers'],
  ['223.255.255.255', 'the last before multicast'],
  ['2606:4700:4700::1111', 'IPv6'],
  ['2a00:1450:4001:81b::200e', 'IPv6'],
  ['::ffff:8.8.8.8', 'IPv4 within IPv6'],
  ['64:ff9b::808:808', 'IPv4 behind a NAT64'],
])('%s is fetched from (%s)', (address) => {
  expect(isPublic(address)).toBe(true)
})

it.each([
  ['0.0.0.0', 'this machine'],
  ['0.1.2.3', 'this network'],
  ['10.0.0.0', 'private'],
  ['10.255.255.255', 'private'],
  ['100.64.0.1', "a carrier's own"],
  ['100.127.255.255', "a carrier's own"],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['169.254.0.1', 'link-local'],
  ['169.254.169.254', "a cloud's keys"],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.0.0.170', 'protocols'],
  ['192.0.2.1', 'documentation'],
  ['192.88.99.1', '6to4 relays'],
  ['192.168.0.1', 'private'],
  ['198.18.0.1', 'benchmarks'],
  ['198.51.100.7', 'documentation'],
  ['203.0.113.9', 'documentation'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.250', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'this machine'],
  ['::1', 'loopback'],
  ['::8.8.8.8', 'IPv4-compatible, long given up'],
  ['::ffff:127.0.0.1', 'loopback within IPv6'],
  ['::ffff:7f00:1', 'the same'],
  ['::ffff:10.0.0.1', 'private within IPv6'],
  ['::ffff:169.254.169.254', 'link-local within IPv6'],
  ['::ffff:0:8.8.8.8', 'translated IPv4'],
  ['64:ff9b::7f00:1', 'loopback behind a NAT64'],
  ['64:ff9b::a9fe:a9fe', "a cloud's keys behind a NAT64"],
  ['64:ff9b:1::808:808', "a network's own NAT64"],
  ['100::1', 'discarded'],
  ['2001::1', 'Teredo'],
  ['2001:db8::1', 'documentation'],
  ['2002:7f00:1::', '6to4 of loopback'],
  ['2002:808:808::1', '6to4'],
  ['3fff::1', 'documentation'],
  ['5f00::1', 'segment routing'],
  ['fc00::1', 'unique local'],
  ['fd00:ec2::254', "a cloud's keys"],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'with a zone'],
  ['2606:4700::1%eth0', 'with a zone'],
  ['fec0::1', 'site-local'],
  ['ff02::1', 'multicast'],
  ['4000::1', 'given to nobody'],
  ['0177.0.0.1', 'octal'],
  ['0x7f000001', 'hexadecimal'],
  ['2130706433', 'one number'],
  ['8.8', 'short'],
  ['localhost', 'a name'],
  ['', 'nothing'],
])('%s is not (%s)', (address) => {
  expect(isPublic(address)).toBe(false)
})

it.each([
  ['10.20.3.4', true],
  ['::ffff:10.20.3.4', true],
  ['10.21.0.1', false],
  ['fd12::7', true],
  ['fd13::7', false],
  ['127.0.0.1', false],
  ['8.8.8.8', true],
])('of the networks that the operator names and no others: %s is %s', (address, allowed) => {
  expect(addressRule(['10.20.0.0/16', 'fd12::/16'])(address)).toBe(allowed)
})

it.each(['169.254.169.254', '::ffff:169.254.169.254', 'fe80::1'])('names no network that makes %s allowed', (address) => {
  expect(addressRule(['0.0.0.0/0', '::/0', '169.254.0.0/16'])(address)).toBe(false)
})

it.each([
  ['minutes.html', 'NOT_AN_ADDRESS'],
  ['', 'NOT_AN_ADDRESS'],
  ['example.org/minutes', 'NOT_AN_ADDRESS'],
  ['http://', 'NOT_AN_ADDRESS'],
  ['http://[fe80::1%25eth0]/', 'NOT_AN_ADDRESS'],
  ['file:///etc/passwd', 'SCHEME'],
  ['ftp://example.org/', 'SCHEME'],
  ['javascript:alert(1)', 'SCHEME'],
  ['https://ann@example.org/', 'CREDENTIALS'],
  ['https://:secret@example.org/', 'CREDENTIALS'],
  ['http://example.org:22/', 'PORT'],
  ['http://example.org:25/', 'PORT'],
  ['https://example.org:1023/', 'PORT'],
  [`https://example.org/${'a'.repeat(2000)}`, 'ADDRESS_TOO_LONG'],
])('%s is not the address of a page: %s', (text, code) => {
  expect(() => readWebAddress(text)).toThrow(expect.objectContaining({ code, remedy: expect.stringMatching(/\w/) as string }) as Error)
})

it.each([
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c'],
  ['HTTPS://EXAMPLE.org:443/A/../B', 'https://example.org/B'],
  ['http://example.org:8080', 'http://example.org:8080/'],
  ['http://0x7f.1/', 'http://127.0.0.1/'],
  ['http://2130706433/', 'http://127.0.0.1/'],
])('%s is known as %s', (text, href) => {
  expect(readWebAddress(text).href).toBe(href)
})
