import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import PDFDocument from 'pdfkit'
import { packageRoot } from '../../index/package-root.ts'
import { launchBrowser } from '../../test/browser.ts'

// The PDFs of test/documents/ that pdfkit, Chromium and LibreOffice make; the others, and what is expected of all: pdfs.py.
// ONRECORD_LIBREOFFICE names the folder of an installed @matbee/libreoffice-converter (250 MB); without it, those files stay as they are.
interface Block {
  kind: 'h1' | 'h2' | 'p' | 'li' | 'row' | 'lines' | 'columns'
  text: string
  cells: string[]
}
interface Content {
  title: string
  header?: string
  footer?: string
  lang?: string
  columns?: number
  blocks: Block[]
}

const OUT = join(packageRoot(), 'test', 'documents')
const contents = JSON.parse(await readFile(join(packageRoot(), 'bench', 'documents', 'contents.json'), 'utf8')) as Record<string, Content>
const named = (producer: string) => Object.entries(contents).filter(([name]) => name.endsWith(`.${producer}`))
const put = (name: string, bytes: Uint8Array) => writeFile(join(OUT, `${name}.pdf`), bytes)

await mkdir(OUT, { recursive: true })
for (const [name, content] of named('pdfkit')) await put(name, await withPdfkit(name, content))
const browser = await launchBrowser()
try {
  const page = await browser.newPage()
  for (const [name, content] of named('chromium')) {
    await page.setContent(htmlOf(content))
    const small = 'font-size:8px;width:100%;text-align:center'
    const [headerTemplate, footerTemplate] = [
      `<div style="${small}">${content.header ?? ''}</div>`,
      `<div style="${small}"><span class=pageNumber></span>/<span class=totalPages></span></div>`,
    ]
    const margin = { top: '22mm', bottom: '22mm', left: '18mm', right: '18mm' }
    await put(name, await page.pdf({ format: 'A5', margin, displayHeaderFooter: content.header !== undefined, headerTemplate, footerTemplate }))
  }
} finally {
  await browser.close()
}
const office = process.env.ONRECORD_LIBREOFFICE
if (office) await withLibreOffice(office)

async function withPdfkit(name: string, content: Content): Promise<Uint8Array> {
  const columns = name.startsWith('newsletter') ? 3 : 1
  const document = new PDFDocument({ size: 'A4', margin: 60, bufferPages: true, info: { Title: content.title, CreationDate: new Date('2025-08-12') } })
  const parts: Buffer[] = []
  document.on('data', (part: Buffer) => parts.push(part))
  const ended = new Promise((resolve) => document.on('end', resolve))
  let [column, top] = [0, 60]
  const gap = 14
  const width = (475 - (columns - 1) * gap) / columns
  const bottom = 842 - 70
  for (const { kind, text } of content.blocks) {
    if (kind === 'h1') {
      document.font('Helvetica-Bold').fontSize(20).text(text, 60, top, { width: 475 }).moveDown(0.5)
      top = document.y
      continue
    }
    document.font(kind === 'h2' ? 'Times-Bold' : 'Times-Roman').fontSize(kind === 'h2' ? 12 : columns === 3 ? 9 : 11)
    // Lines are set one by one, so that a paragraph runs over from one column to the next.
    const lines = kind === 'lines' ? (text as unknown as string[]) : wrapped(document, text, width)
    lines.forEach((line, i) => {
      if (document.y + document.currentLineHeight() > bottom) {
        column = (column + 1) % columns
        if (column === 0) {
          document.addPage()
          top = 60
        }
        document.y = top
      }
      const isWide = columns === 3 && kind === 'p' && i < lines.length - 1
      const extra = isWide ? (width - document.widthOfString(line)) / Math.max(1, line.split(' ').length - 1) : 0
      document.text(line, 60 + column * (width + gap), document.y, { lineBreak: false, wordSpacing: extra })
      document.y += document.currentLineHeight(true)
    })
    document.y += columns === 3 ? 4 : 8
  }
  const { count } = document.bufferedPageRange()
  for (let page = 0; page < count && content.header; page++) {
    document.switchToPage(page)
    document.page.margins.bottom = 0
    document.font('Helvetica').fontSize(8).text(content.header, 60, 30, { lineBreak: false })
    document.text(`${content.footer} ${page + 1}`, 60, 842 - 40, { width: 475, align: 'right' })
  }
  document.end()
  await ended
  return Buffer.concat(parts)
}

function wrapped(document: PDFKit.PDFDocument, text: string, width: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1)
    if (last !== undefined && document.widthOfString(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
    return lines
  }, [])
}

function htmlOf({ title, lang, columns, blocks }: Content): string {
  const rtl = lang === 'ar' ? ' dir=rtl' : ''
  let body = ''
  let isOpen = false
  for (const [i, { kind, text, cells }] of blocks.entries()) {
    const before = blocks[i - 1]?.kind
    if (kind === 'row' && before !== 'row') body += '<table>'
    if (kind !== 'row' && before === 'row') body += '</table>'
    if (kind === 'li' && before !== 'li') body += '<ul>'
    if (kind !== 'li' && before === 'li') body += '</ul>'
    if (kind === 'columns') [body, isOpen] = [`${body}<main>`, true]
    else if (kind === 'row') body += `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
    else body += `<${kind}>${text}</${kind}>`
  }
  if (blocks.at(-1)?.kind === 'row') body += '</table>'
  const font = lang === 'ar' ? 'DejaVu Sans' : 'DejaVu Serif'
  return `<!doctype html><html lang=${lang ?? 'en'}${rtl}><title>${title}</title><style>body{font:9pt/1.4 "${font}"} p{margin:0 0 5pt}
    h1{font-size:16pt;letter-spacing:${isOpen ? '.5pt' : '0'}} h2{font-size:11pt} main{columns:2;column-gap:7mm} td{padding:3pt 8pt;vertical-align:top}
    </style><body${columns ? ' class=columns' : ''}>${body}${isOpen ? '</main>' : ''}`
}

async function withLibreOffice(folder: string): Promise<void> {
  const { createWorkerConverter } = await import(pathToFileURL(join(folder, 'dist', 'server.js')).href)
  const converter = await createWorkerConverter({})
  for (const [name, content] of named('libreoffice')) {
    const { data } = await converter.convert(Buffer.from(flatOdt(content)), { outputFormat: 'pdf', inputFormat: 'fodt' }, `${name}.fodt`)
    await put(name, data)
  }
  await converter.destroy()
}

/** A flat OpenDocument text, as LibreOffice itself would save it. */
function flatOdt({ header, footer, columns, blocks }: Content): string {
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  let notes = 0
  const noted = (text: string) =>
    escaped(text).replace(/\{\{(.*?)\}\}/g, (_, note: string) => {
      notes++
      return `<text:note text:id="n${notes}" text:note-class="footnote"><text:note-citation>${notes}</text:note-citation><text:note-body><text:p text:style-name="Note">${note}</text:p></text:note-body></text:note>`
    })
  let body = ''
  for (const [i, { kind, text, cells }] of blocks.entries()) {
    if (kind === 'row') {
      if (blocks[i - 1]?.kind !== 'row') body += `<table:table><table:table-column table:style-name="Narrow"/><table:table-column table:style-name="Broad"/>`
      body += `<table:table-row>${cells.map((cell) => `<table:table-cell><text:p text:style-name="Cell">${escaped(cell)}</text:p></table:table-cell>`).join('')}</table:table-row>`
      if (blocks[i + 1]?.kind !== 'row') body += '</table:table>'
    } else if (kind === 'h1') {
      body += `<text:h text:style-name="First" text:outline-level="1">${escaped(text)}</text:h>`
      if (columns) body += '<text:section text:style-name="Columns" text:name="c">'
    } else
      body +=
        kind === 'h2'
          ? `<text:h text:style-name="Second" text:outline-level="2">${escaped(text)}</text:h>`
          : `<text:p text:style-name="Body">${noted(text)}</text:p>`
  }
  if (columns) body += '</text:section>'
  const style = (name: string, size: number, more: string, weight = 'normal') =>
    `<style:style style:name="${name}" style:family="paragraph"><style:paragraph-properties ${more}/><style:text-properties fo:font-size="${size}pt" fo:font-weight="${weight}" style:font-name="Liberation Serif"/></style:style>`
  const space =
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
  const heads = header
    ? `<style:header><text:p text:style-name="Note">${header}</text:p></style:header><style:footer><text:p text:style-name="Note">${footer} <text:page-number/></text:p></style:footer>`
    : ''
  return `<?xml version="1.0" encoding="UTF-8"?><office:document ${space} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="Liberation Serif" svg:font-family="'Liberation Serif'"/></office:font-face-decls>
<office:styles>${style('Body', 11, 'fo:margin-bottom="0.25cm" fo:text-align="justify"')}${style('First', 18, 'fo:margin-bottom="0.5cm"', 'bold')}${style('Second', 13, 'fo:margin-top="0.4cm" fo:margin-bottom="0.2cm"', 'bold')}${style('Note', 9, '')}${style('Cell', 11, 'fo:margin-bottom="0.15cm"')}</office:styles>
<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="14.8cm" fo:page-height="21cm" fo:margin="1.8cm"/>${header ? '<style:header-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.4cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.4cm"/></style:footer-style>' : ''}</style:page-layout>
<style:style style:name="Narrow" style:family="table-column"><style:table-column-properties style:column-width="3.2cm"/></style:style><style:style style:name="Broad" style:family="table-column"><style:table-column-properties style:column-width="8cm"/></style:style>
<style:style style:name="Columns" style:family="section"><style:section-properties><style:columns fo:column-count="2" fo:column-gap="0.7cm"><style:column style:rel-width="1*" fo:end-indent="0.35cm"/><style:column style:rel-width="1*" fo:start-indent="0.35cm"/></style:columns></style:section-properties></style:style></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">${heads}</style:master-page></office:master-styles>
<office:body><office:text>${body}</office:text></office:body></office:document>`
}
