import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { LoaderPool } from '../../index/loader-pool.ts'
import { LIMITS, PROCESS_LIMITS } from '../../index/loaders/loader.ts'
import { flat } from '../../index/stores/flat.ts'
import { afterFile } from '../after.ts'
import { bookParts } from '../book.ts'
import { documents, index } from '../fixtures.ts'
import { file, protectedBy } from '../formats/pdf.ts'
import { paragraph, wordParts } from '../word.ts'
import { megabytes, zip } from '../zip.ts'

const GIGABYTES = { declared: 2 ** 32 - 2, deflated: megabytes(10_000) }
const WORD = wordParts(paragraph('The bar shut.'))
const [CHAPTER = ''] = Object.keys(bookParts(['<p>The bar shut.</p>'])).filter((name) => name.endsWith('.xhtml'))

function pdf(kids: string, count: number): Uint8Array {
  return file(['<</Type/Catalog/Pages 2 0 R>>', `<</Type/Pages/Count ${count}/Kids[${kids}]>>`, '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>'])
}

/** A stream that unpacks to 300 MB, twice packed. */
function bomb(): Uint8Array {
  const packed = deflateSync(deflateSync(Buffer.alloc(LIMITS.unpackedBytes * 1.5, ' '))).toString('latin1')
  const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>'
  const content = `<</Length ${packed.length}/Filter[/FlateDecode/FlateDecode]>>\nstream\n${packed}\nendstream`
  return file(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Count 1/Kids[3 0 R]>>', page, content])
}

it('that no loader can read are each named with the reason, and stop neither the build nor each other', { timeout: 120_000 }, async () => {
  const hostile: Record<string, [string | Uint8Array, string]> = {
    'bomb.docx': [zip(WORD, { 'word/document.xml': GIGABYTES }), 'TOO_LARGE_UNPACKED'],
    'bomb.epub': [zip(bookParts(['<p>The bar shut.</p>']), { [CHAPTER]: GIGABYTES }), 'TOO_LARGE_UNPACKED'],
    'bomb.pdf': [bomb(), 'TOO_LARGE_UNPACKED'],
    'table.md': [`|${'a|'.repeat(3000)}\n|${'-|'.repeat(3000)}\n${`|${'b|'.repeat(3000)}\n`.repeat(3000)}`, 'TOO_MUCH_MEMORY'],
    'pages.pdf': [pdf('3 0 R '.repeat(10_000), 10_000), 'TOO_MANY_PAGES'],
    'loop.pdf': [pdf('2 0 R 2 0 R', 2), 'DAMAGED'],
    'loop.epub': [zip({ ...bookParts(['<p>x</p>']), 'META-INF/container.xml': '<container><rootfile full-path="gone"/></container>' }), 'DAMAGED'],
    'locked.pdf': [await protectedBy({ userPassword: 'u', ownerPassword: 'o' }), 'ENCRYPTED'],
    'locked.docx': [zip(WORD, { 'word/document.xml': { encrypted: true } }), 'ENCRYPTED'],
    'broken.pdf': [pdf('3 0 R', 1).subarray(0, 60), 'DAMAGED'],
    'broken.docx': [zip(WORD).subarray(0, -40), 'DAMAGED'],
    'entities.docx': [zip({ ...WORD, 'word/document.xml': '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>' }), 'ENTITIES'],
    'deep.html': ['<div>'.repeat(150_000), 'TOO_DEEP'],
    'binary.txt': [Buffer.from([0, 1, 2, 3]), 'BINARY'],
  }
  const contents = Object.fromEntries(Object.entries(hostile).map(([name, [content]]) => [name, content]))
  const loaders = new LoaderPool(2, { ...PROCESS_LIMITS, heapMegabytes: 300 })
  afterFile(async () => loaders.close())
  const { report } = await index(await documents({ ...contents, 'a.txt': 'The harbour was dredged.', 'z.txt': 'It cost five million.' }), {
    store: flat,
    loaders,
  })
  const codes = Object.fromEntries(report.skipped.map(({ path, code }) => [path.replace('docs/', ''), code]))
  expect(codes).toEqual(Object.fromEntries(Object.entries(hostile).map(([name, [, code]]) => [name, code])))
  expect(report.sources).toBe(2)
  for (const { remedy } of report.skipped) expect(remedy).toMatch(/\w.*\.$/)
})
