import { expect, it } from 'vitest'
import { book, packageFile, xhtml } from '../book.ts'
import { load } from '../load.ts'

const opf = (parts: { metadata?: string; items: string; spine: string; guide?: string }) =>
  packageFile(parts.metadata ?? '', parts.items, parts.spine).replace('</package>', `${parts.guide ?? ''}</package>`)
const item = (id: string, href = `${id}.xhtml`, more = '') => `<item id="${id}" href="${href}" media-type="application/xhtml+xml" ${more}/>`

it('reads the chapters in the order of its spine, without contents and what stands beside it', async () => {
  const file = book([], {
    'OEBPS/content.opf': opf({
      items: item('b') + item('a') + item('nav', 'nav.xhtml', 'properties="nav"') + item('old') + item('aside'),
      spine: '<itemref idref="nav"/><itemref idref="old"/><itemref idref="a"/><itemref idref="aside" linear="no"/><itemref idref="b"/>',
      guide: '<guide><reference type="toc" href="old.xhtml"/></guide>',
    }),
    ...Object.fromEntries(['a', 'b', 'nav', 'old', 'aside'].map((name) => [`OEBPS/${name}.xhtml`, xhtml(`<p>Words of ${name}.</p>`)])),
  })
  expect((await load('.epub', file)).text).toBe('Words of a.\n\nWords of b.')
})

it('reads all of a chapter, whatever of it is an article, and no number of a note or of a page', async () => {
  const chapter =
    '<h1>One</h1><article><p>It cost £5<a epub:type="noteref" href="#n">1</a> in <span epub:type="pagebreak" title="7">7</span>May.</p></article><aside epub:type="footnote" id="n"><p>Minute 12.</p></aside>'
  expect((await load('.epub', book([chapter]))).text).toBe('One\n\nIt cost £5 in May.\n\nMinute 12.')
})

it('takes its facts from the package, and an identifier for an address only when it is one', async () => {
  const metadata = (identifier: string) =>
    `<dc:title>Tides</dc:title><dc:creator>Fenella Brock</dc:creator><dc:creator>Ives Tarn</dc:creator><dc:publisher>Estrey Press</dc:publisher><dc:date>2024-02-01T00:00:00Z</dc:date><dc:language>en</dc:language><dc:identifier>${identifier}</dc:identifier>`
  const factsOf = async (identifier: string) =>
    (await load('.epub', book(['<p>x</p>'], { 'OEBPS/content.opf': opf({ metadata: metadata(identifier), items: '', spine: '' }) }))).facts
  const facts = { title: 'Tides', author: 'Fenella Brock, Ives Tarn', outlet: 'Estrey Press', published: '2024-02-01', language: 'en' }
  expect(await factsOf('urn:isbn:9780000000001')).toEqual(facts)
  expect(await factsOf('https://example.org/tides')).toEqual({ ...facts, url: 'https://example.org/tides' })
})

it('reads a book whose fonts are obfuscated', async () => {
  const encryption = '<encryption><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></encryption>'
  expect((await load('.epub', book(['<p>The bar shut.</p>'], { 'META-INF/encryption.xml': encryption }))).text).toBe('The bar shut.')
})
