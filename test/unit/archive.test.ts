import { expect, it } from 'vitest'
import { openArchive } from '../../index/loaders/archive.ts'
import { book, bookParts, packageFile, xhtml } from '../book.ts'
import { load } from '../load.ts'
import { paragraph, word, wordParts, wordXml } from '../word.ts'
import { megabytes, type Oddities, zip } from '../zip.ts'

const DOCUMENT = 'word/document.xml'
const PARTS = wordParts(paragraph('The bar shut.'))
const CHAPTER = 'OEBPS/text/chapter 0.xhtml'
const GIGABYTES = megabytes(10_000)

const refused = (code: string) => expect.objectContaining({ name: 'SkipFile', code, remedy: expect.stringMatching(/\w/) })

it('a document that unpacks to 10 GB is refused before it is unpacked whole', async () => {
  const before = process.memoryUsage().rss
  const bytes = zip(PARTS, { [DOCUMENT]: { declared: 2 ** 32 - 2, deflated: GIGABYTES } })
  await expect(load('.docx', bytes)).rejects.toThrow(refused('TOO_LARGE_UNPACKED'))
  expect(process.memoryUsage().rss - before).toBeLessThan(1_000_000_000)
})

it.each([
  ['.docx', (odd: Oddities) => zip(PARTS, { [DOCUMENT]: odd })],
  ['.epub', (odd: Oddities) => zip(bookParts(['<p>The bar shut.</p>']), { [CHAPTER]: odd })],
])('a bomb that says it is small is damaged (%s)', async (extension, bomb) => {
  await expect(load(extension, bomb({ declared: 500, deflated: GIGABYTES }))).rejects.toThrow(refused('DAMAGED'))
})

it('what is unpacked of an archive counts together, so that no entry is read again and again', async () => {
  const archive = await openArchive(zip({ a: '' }, { a: { declared: 2_000_000, deflated: megabytes(2) } }))
  for (let time = 0; time < 3; time++) expect((await archive.read('a')).length).toBe(2_000_000)
  const lying = await openArchive(zip({ a: 'x' }, { a: { declared: 120_000_000 } }))
  await expect(lying.read('a')).rejects.toThrow(refused('DAMAGED'))
  await expect(lying.read('a')).rejects.toThrow(refused('TOO_LARGE_UNPACKED'))
})

it('a bomb that nobody reads, such as a picture, does no harm', async () => {
  const picture = 'word/media/image1.png'
  const bytes = zip({ ...PARTS, [picture]: '' }, { [picture]: { declared: 4_000_000_000, deflated: GIGABYTES } })
  expect((await load('.docx', bytes)).text).toBe('The bar shut.')
})

it.each([
  ['is encrypted', zip(PARTS, { [DOCUMENT]: { encrypted: true } }), 'ENCRYPTED'],
  ['is cut off', zip(PARTS).subarray(0, -40), 'DAMAGED'],
  ['has other bytes than it says', zip(PARTS, { [DOCUMENT]: { declared: 7 } }), 'DAMAGED'],
  ['has a name that leads out of it', zip({ ...PARTS, '../../etc/passwd': 'x' }), 'DAMAGED'],
  ['has no text', zip({ ...PARTS, [DOCUMENT]: '' }), 'DAMAGED'],
  ['has text that is no XML', zip({ ...PARTS, [DOCUMENT]: '<w:document' }), 'DAMAGED'],
  ['is another kind of archive', zip({ 'a.txt': 'x' }), 'NOT_DOCX'],
  ['is no archive', Buffer.from('The bar shut.'), 'DAMAGED'],
  ['has 20,001 entries', zip(Object.fromEntries(Array.from({ length: 20_001 }, (_, i) => [`${i}`, '']))), 'TOO_MANY_ENTRIES'],
  ['is of Word 97', ole('WordDocument'), 'OLD_WORD'],
  ['is encrypted by Word', ole('EncryptedPackage'), 'ENCRYPTED'],
  ['nests elements too deeply', word('<w:ins>'.repeat(20_000) + '</w:ins>'.repeat(20_000)), 'TOO_DEEP'],
  ['has 300,000 elements', word('<w:p/>'.repeat(300_001)), 'TOO_MANY_ELEMENTS'],
  ['declares entities', zip({ ...PARTS, [DOCUMENT]: `<!DOCTYPE a [<!ENTITY b "bbbb">]>${wordXml('document', '&b;')}` }), 'ENTITIES'],
])('a Word document that %s is refused with its reason', async (_, bytes, code) => {
  await expect(load('.docx', bytes)).rejects.toThrow(refused(code))
})

it.each([
  [
    'is protected against copying',
    { 'META-INF/encryption.xml': '<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>' },
    'ENCRYPTED',
  ],
  ['has no package', { 'OEBPS/content.opf': '' }, null],
  ['leads to a package that is not there', { 'META-INF/container.xml': '<container><rootfile full-path="../../etc/passwd"/></container>' }, 'DAMAGED'],
  ['leads to itself', { 'META-INF/container.xml': '<container><rootfile full-path="META-INF/container.xml"/></container>' }, null],
  ['declares entities', { 'OEBPS/content.opf': '<!DOCTYPE p [<!ENTITY a "aaaa">]><package/>' }, 'ENTITIES'],
  [
    'leads out of itself',
    { 'OEBPS/content.opf': packageFile('', '<item id="a" href="file:///etc/passwd" media-type="text/html"/>', '<itemref idref="a"/>') },
    null,
  ],
  [
    'has a chapter that is not there',
    { 'OEBPS/content.opf': packageFile('', '<item id="a" href="a.html" media-type="text/html"/>', '<itemref idref="a"/>') },
    'DAMAGED',
  ],
])('a book that %s is refused with its reason, or has no text', async (_, parts, code) => {
  const reading = load('.epub', book(['<p>The bar shut.</p>'], parts as Record<string, string>))
  if (code === null) expect((await reading).text).toBe('')
  else await expect(reading).rejects.toThrow(refused(code))
})

it('a book that names one chapter a thousand times has it once', async () => {
  const opf = packageFile('', '<item id="a" href="a.html" media-type="text/html"/>', '<itemref idref="a"/>'.repeat(1000))
  expect((await load('.epub', book([], { 'OEBPS/content.opf': opf, 'OEBPS/a.html': xhtml('<p>The bar shut.</p>') }))).text).toBe('The bar shut.')
})

/** An OLE file, as far as anybody looks, with one stream in it. */
function ole(stream: string): Buffer {
  return Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(stream, 'utf16le')])
}
