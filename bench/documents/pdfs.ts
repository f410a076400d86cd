import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import PDFDocument from 'pdfkit'
import { packageRoot } from '../../index/package-root.ts'
import { launchBrowser } from '../../test/browser.ts'

// The PDFs of test/documents/ that pdfkit and Chromium make; the others, and what is expected of all: pdfs.py.
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

function htmlOf({ title, lang, blocks }: Content): string {
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
    </style><body>${body}${isOpen ? '</main>' : ''}`
}
