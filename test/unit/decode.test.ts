import { expect, it } from 'vitest'
import { decodeText } from '../../index/decode.ts'
import { SkipFile } from '../../index/errors.ts'
import { load } from '../load.ts'

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding)
const TEXT = 'Süd\r\n港口 🦀\n'
const ENGLISH = '“It’s a hobby,” the harbour master said – twice.\r\nThe dredging cost £5,200,000.\n'
const CHINESE = '市长说,渡轮太旧了,明年将疏浚港口。渔民们很生气。\n'

/** A text in a legacy encoding: what the decoder gives for each one or two bytes, the other way round. */
function encoded(text: string, encoding: string): Buffer {
  const decoder = new TextDecoder(encoding)
  const table = new Map<string, number[]>()
  const learn = (...code: number[]) => {
    const character = decoder.decode(Uint8Array.from(code))
    if (!character.includes('\ufffd') && !table.has(character)) table.set(character, code)
  }
  for (let one = 0; one < 256; one++) learn(one)
  if (!/^(?:iso|windows|koi)/.test(encoding)) for (let one = 0x81; one < 0xff; one++) for (let two = 0x40; two < 0xff; two++) learn(one, two)
  return Buffer.from(Array.from(text).flatMap((character) => table.get(character) as number[]))
}

it.each([
  ['UTF-8', bytes(TEXT)],
  ['UTF-8 with a byte order mark', bytes(`\ufeff${TEXT}`)],
  ['UTF-16, little end first', bytes(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-16, big end first', bytes(`\ufeff${TEXT}`, 'utf16le').swap16()],
  ['UTF-16 without a mark', bytes(TEXT, 'utf16le')],
  ['UTF-16 without a mark, big end first', bytes(TEXT, 'utf16le').swap16()],
])('reads %s, line ends and all', (_, file) => {
  expect(decodeText(file)).toBe(TEXT)
})

it('reads UTF-16 without a mark in Chinese, where only line ends have a byte that is null', () => {
  expect(decodeText(bytes(CHINESE, 'utf16le'))).toBe(CHINESE)
})

it.each([
  ['iso-8859-1', 'Le maire a déclaré que le port serait dragué dès l’été.'.replaceAll('’', "'")],
  ['iso-8859-1', 'Déjà vu.'],
  ['iso-8859-1', 'Süd'],
  ['iso-8859-2', 'Burmistrz powiedział, że prom jest zbyt stary. Żeglarze są źli.'],
  ['windows-1250', 'Starosta řekl, že loď je příliš stará. Námořníci jsou rozzlobení.'],
  ['windows-1251', 'Мэр заявил, что паром слишком стар и что порт будет углублён.'],
  ['koi8-r', 'Мэр заявил, что паром слишком стар и что порт будет углублён.'],
  ['iso-8859-7', 'Ο δήμαρχος είπε ότι το πλοίο είναι πολύ παλιό.'],
  ['windows-1254', 'Belediye başkanı vapurun çok eski olduğunu ve limanın derinleştirileceğini söyledi.'],
  ['windows-1256', 'قال رئيس البلدية إن العبارة قديمة جدا وإن الميناء سيتم تعميقه في العام المقبل.'],
  ['shift_jis', '市長は、フェリーが古すぎるため来年港を浚渫すると述べた。'],
  ['euc-jp', '市長は、フェリーが古すぎるため来年港を浚渫すると述べた。'],
  ['euc-kr', '시장은 여객선이 너무 낡았고 내년에 항구를 준설할 것이라고 말했다.'],
  ['gb18030', CHINESE],
  ['big5', '市長說,渡輪太舊了,明年將疏浚港口。漁民們很生氣。'],
])('reads %s: %s', (encoding, text) => {
  expect(decodeText(encoded(text, encoding))).toBe(text)
})

it('reads the quotation marks of Windows, though they come after pages of ASCII', () => {
  const file = Buffer.concat([
    bytes('The harbour was dredged in May.\n'.repeat(4000)),
    Buffer.from(
      ENGLISH.replace(/[“’”–]/g, (mark) => ({ '“': '\x93', '’': '\x92', '”': '\x94', '–': '\x96' })[mark] as string),
      'latin1',
    ),
  ])
  expect(decodeText(file).endsWith(ENGLISH)).toBe(true)
})

it('shows one broken byte in much UTF-8 as broken, and does not read the rest as another encoding', () => {
  const file = bytes(`${'Süd und Föhr. '.repeat(20)}X`)
  file[file.length - 1] = 0xe4
  expect(decodeText(file)).toBe(`${'Süd und Föhr. '.repeat(20)}\ufffd`)
})

it.each([
  ['a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'BINARY'],
  ['text with a null here and there', bytes('The bar\0 shut\0 the harbour.\0'), 'BINARY'],
  ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), 'BINARY'],
  ['what is compressed', Buffer.from([0x78, 0x9c, 0xcb, 0x48, 0x05, 0x11, 0xc9, 0xf7, 0x1e, 0xa5, 0x0b, 0x82]), 'BINARY'],
  ['a character that is cut off', bytes('🦀').subarray(0, 3), 'NOT_TEXT'],
  ['half a surrogate pair in UTF-16', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]), 'NOT_TEXT'],
  ['an odd byte of UTF-16', Buffer.from([0xff, 0xfe, 0x41]), 'NOT_TEXT'],
  ['a few words of Japanese, too short to tell how they are encoded', encoded('港が閉まった。', 'shift_jis'), 'NOT_TEXT'],
])('refuses %s', (_, file, code) => {
  expect(() => decodeText(file)).toThrow(SkipFile)
  expect(() => decodeText(file)).toThrow(expect.objectContaining({ code, remedy: expect.stringMatching(/\w/) }))
})

it('reads an empty file as empty', () => {
  expect(decodeText(new Uint8Array())).toBe('')
})

const page = (head: string, body: string, encoding: string) => load('.html', Buffer.concat([bytes(head), encoded(body, encoding)])).then(({ text }) => text)

it.each([
  ['<!-- charset=utf-8 --><meta charset="windows-1251"><p>', 'windows-1251', 'Паром.'],
  ['<META http-equiv=Content-Type content="text/html; charset=shift_jis"><p>', 'shift_jis', '港が閉まった。'],
  ['<?xml version="1.0" encoding="gb18030"?><html><body><p>', 'gb18030', '港口'],
  ['<meta charset="utf-16"><p>', 'windows-1251', 'Мэр заявил, что паром слишком стар.'],
  ['<meta charset=nonsense><p>', 'windows-1251', 'Мэр заявил, что паром слишком стар.'],
])('reads a page in the encoding that it declares, or else as detected: %s', async (head, encoding, text) => {
  expect(await page(head, text, encoding)).toBe(text)
})

it('reads a page that is UTF-8 as that, though it declares what it was before it was saved anew', async () => {
  expect((await load('.html', '<meta charset="iso-8859-1"><p>Süd – “港口”')).text).toBe('Süd – “港口”')
})
