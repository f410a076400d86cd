import { bookParts, packageFile, xhtml } from '../../test/book.ts'
import { escaped } from '../../test/word.ts'
import { zip } from '../../test/zip.ts'
import { AROUND, ARTICLE, type Fixture, paragraphsOf } from './article.ts'

const p = (text: string) => `<p>${escaped(text)}</p>`
const table = `<table>${ARTICLE.table.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`
const CHAPTERS = [
  `<h1>${ARTICLE.title}</h1><p class="lead">${ARTICLE.standfirst}</p>${ARTICLE.opening.map(p).join('')}`,
  `<section epub:type="chapter"><a id="page_4"/><h2>${ARTICLE.heading}</h2>${p(ARTICLE.middle)}<ul>${ARTICLE.list.map((text) => `<li>${text}</li>`).join('')}</ul>${table}</section>`,
  `<h2>${ARTICLE.heading2}</h2><blockquote>${p(ARTICLE.quote)}</blockquote>${ARTICLE.closing.map(p).join('')}`,
]
const CONTENTS = `<h2>${AROUND.sidebar[0]}</h2><ol>${AROUND.nav.map((text) => `<li><a href="a.xhtml">${text}</a></li>`).join('')}</ol>`
const metadata = `<dc:title>${ARTICLE.title}</dc:title><dc:creator>${ARTICLE.author}</dc:creator><dc:publisher>${ARTICLE.outlet}</dc:publisher><dc:date>${ARTICLE.date}</dc:date><dc:language>en</dc:language>`
const item = (id: string, more = '') => `<item id="${id}" href="${id}.xhtml" media-type="application/xhtml+xml"${more}/>`
const itemref = (id: string) => `<itemref idref="${id}"/>`
const IDS = CHAPTERS.map((_, i) => `c${i}`)

function book(contents: string, guide: string, more: Record<string, string>): Buffer {
  const items = [
    item('toc', contents),
    ...IDS.slice()
      .reverse()
      .map((id) => item(id)),
  ].join('')
  const file = packageFile(metadata, items, [itemref('toc'), ...IDS.map(itemref)].join('')).replace('</package>', `${guide}</package>`)
  const chapters = Object.fromEntries(CHAPTERS.map((body, i) => [`OEBPS/c${i}.xhtml`, xhtml(body)]))
  return zip({ ...bookParts([]), 'OEBPS/content.opf': file, ...chapters, ...more })
}

/** Books in the shapes of EPUB 3 and 2. */
export const books: Fixture[] = [
  {
    name: 'book-3.epub',
    producer: 'EPUB 3 with a navigation document, its manifest in another order than its spine',
    bytes: book(' properties="nav"', '', { 'OEBPS/toc.xhtml': xhtml(`<nav epub:type="toc">${CONTENTS}</nav>`) }),
  },
  {
    name: 'book-2.epub',
    producer: 'EPUB 2 as calibre writes it, its contents among the chapters',
    bytes: book('', '<guide><reference type="toc" title="Contents" href="toc.xhtml"/></guide>', { 'OEBPS/toc.xhtml': xhtml(CONTENTS) }),
  },
].map((one) => ({ ...one, paragraphs: paragraphsOf(['caption']), absent: [...AROUND.nav, AROUND.sidebar[0] ?? ''] }))
