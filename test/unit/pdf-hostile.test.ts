import { constants, deflateRawSync, deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { SkipFile } from '../../index/errors.ts'
import { LIMITS } from '../../index/loaders/loader.ts'
import { file, protectedBy, stream } from '../formats/pdf.ts'
import { load } from '../load.ts'

const FONT = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'
const SAYS = 'BT /F 12 Tf 72 700 Td (The harbour is open.) Tj ET'

/** A PDF of one page with this content, its objects from the fifth on. */
function onePage(content: string, objects: string[] = [], resources = ''): Uint8Array {
  return file([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Count 1/Kids[3 0 R]>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>${resources}>>/Contents 5 0 R>>`,
    FONT,
    content,
    ...objects,
  ])
}

function flate(packed: Buffer, filters = '/FlateDecode'): string {
  const bytes = packed.toString('latin1')
  return `<</Length ${bytes.length}/Filter ${filters}>>\nstream\n${bytes}\nendstream`
}

/** The text of a PDF, or the code of what is thrown. */
async function read(bytes: Uint8Array): Promise<string> {
  try {
    return (await load('.pdf', bytes)).text
  } catch (error) {
    if (error instanceof SkipFile) return error.code
    throw error
  }
}

it('reads what needs no password, and refuses what does', async () => {
  expect(await read(await protectedBy({ ownerPassword: 'o' }))).toBe('The harbour is open.')
  expect(await read(await protectedBy({ ownerPassword: 'o', userPassword: 'u' }))).toBe('ENCRYPTED')
})

it('reads what can be mended, and refuses what cannot', async () => {
  const whole = Buffer.from(onePage(stream(SAYS)))
  expect(await read(whole)).toBe('The harbour is open.')
  expect(await read(Buffer.from(whole.toString('latin1').replace('xref\n0 6', 'xref\n9 6'), 'latin1'))).toBe('The harbour is open.')
  expect(await read(whole.subarray(0, 200))).toBe('DAMAGED')
})

it('says of a PDF of pictures that it has no text', async () => {
  expect(await read(onePage(stream('0 0 100 100 re f')))).toBe('NO_TEXT')
})

it('counts what it unpacks, however often it is packed', async () => {
  // As much as it takes, packed once and repeated: the stream is not ended, and need not be.
  const block = deflateRawSync(Buffer.alloc(1_000_000, ' '), { finishFlush: constants.Z_SYNC_FLUSH })
  const bomb = Buffer.concat([Buffer.from([0x78, 0x01]), ...Array(LIMITS.unpackedBytes / 1_000_000 + 1).fill(block)])
  expect(await read(onePage(flate(bomb)))).toBe('TOO_LARGE_UNPACKED')
  expect(await read(onePage(flate(deflateSync(bomb), '[/FlateDecode/FlateDecode]')))).toBe('TOO_LARGE_UNPACKED')
})

it('refuses more pages than the limit, and a page of more text than anybody reads', async () => {
  const kids = '3 0 R '.repeat(LIMITS.pages + 1)
  const pages = ['<</Type/Catalog/Pages 2 0 R>>', `<</Type/Pages/Count ${LIMITS.pages + 1}/Kids[${kids}]>>`, '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>']
  expect(await read(file(pages))).toBe('TOO_MANY_PAGES')
  const labels = '1 0 0 1 9 9 Tm (a) Tj 1 0 0 1 99 99 Tm (b) Tj\n'.repeat(12_000)
  expect(await read(onePage(stream(`BT /F 12 Tf ${labels}`)))).toBe('TOO_MUCH_TEXT')
})

it('ends with what contains itself, or is nested ever deeper', async () => {
  const loop = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>']
  expect(await read(file(loop))).toMatch(/^(DAMAGED|NO_TEXT)$/)
  const form = `<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>\nstream\n/X Do\nendstream`
  expect(await read(onePage(stream(`${SAYS} /X Do`), [form], '/XObject<</X 6 0 R>>'))).toMatch(/^(The harbour is open\.|DAMAGED)$/)
  expect(await read(onePage(stream(`${'['.repeat(50_000)} ${SAYS}`)))).toMatch(/^(DAMAGED|NO_TEXT)$/)
  const deep = onePage('['.repeat(50_000), [stream(SAYS)])
  expect(await read(deep)).toMatch(/^(DAMAGED|NO_TEXT)$/)
})
