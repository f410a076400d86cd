import { expect, it } from 'vitest'
import { decodeText } from '../../index/decode.ts'
import { SkipFile } from '../../index/errors.ts'

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding)
const TEXT = 'Süd\r\n港口 🦀\n'

it.each([
  ['UTF-8', bytes(TEXT)],
  ['UTF-8 with a byte order mark', bytes(`\ufeff${TEXT}`)],
  ['UTF-16, little end first', bytes(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-16, big end first', bytes(`\ufeff${TEXT}`, 'utf16le').swap16()],
])('reads %s, line ends and all', (_, file) => {
  expect(decodeText(file)).toBe(TEXT)
})

it.each([
  ['a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'BINARY'],
  ['UTF-16 without a mark', bytes('text', 'utf16le'), 'BINARY'],
  ['Latin-1', bytes('Süd', 'latin1'), 'NOT_UTF8'],
  ['a character that is cut off', bytes('🦀').subarray(0, 3), 'NOT_UTF8'],
  ['half a surrogate pair in UTF-16', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]), 'NOT_UTF8'],
  ['an odd byte of UTF-16', Buffer.from([0xff, 0xfe, 0x41]), 'NOT_UTF8'],
])('refuses %s', (_, file, code) => {
  expect(() => decodeText(file)).toThrow(SkipFile)
  expect(() => decodeText(file)).toThrow(expect.objectContaining({ code, remedy: expect.stringMatching(/\w/) }))
})

it('reads an empty file as empty', () => {
  expect(decodeText(new Uint8Array())).toBe('')
})
