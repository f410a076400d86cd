import { once } from 'node:events'
import PDFDocument from 'pdfkit'
import type { Written } from '../written.ts'

/** Points: the letters' size, a line's height, the space between paragraphs, and the margins of an A4 page. */
const [SIZE, LEADING, SPACE, MARGIN, HEIGHT] = [11, 14, 9, 60, 842]
/** Characters of a line. */
const LINE = 80

export const written: Written = {
  write,
  isText: false,
  pieces: ['%PDF-1.7\n', '1 0 obj\n<<', '/Type /Pages ', 'endobj\n', 'stream\n', 'xref\n', 'trailer\n<<', '['],
}

/** A PDF whose font is not embedded and says only which characters its glyphs stand for, so that it can show any. */
function write(paragraphs: string[]): Uint8Array {
  const glyphs = [...new Set(paragraphs.join(' '))]
  const glyphOf = (character: string) => (glyphs.indexOf(character) + 1).toString(16).padStart(4, '0')
  const pages: string[] = []
  let y = 0
  for (const paragraph of paragraphs) {
    for (const line of linesOf(paragraph)) {
      if (y < MARGIN + LEADING) {
        pages.push('')
        y = HEIGHT - MARGIN
      }
      y -= LEADING
      pages[pages.length - 1] += `BT /F ${SIZE} Tf ${MARGIN} ${y} Td <${Array.from(line, glyphOf).join('')}> Tj ET\n`
    }
    y -= SPACE
  }
  const unicode = glyphs.map((character) => `<${glyphOf(character)}> <${Buffer.from(character, 'utf16le').swap16().toString('hex')}>`)
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${pages.length}/Kids[${pages.map((_, i) => `${6 + 2 * i} 0 R`).join(' ')}]>>`,
    '<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>',
    '<</Type/Font/Subtype/CIDFontType2/BaseFont/Any/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500/FontDescriptor<</Type/FontDescriptor/FontName/Any/Flags 4>>>>',
    stream(`begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n${unicode.map((line) => `1 beginbfchar ${line} endbfchar\n`).join('')}endcmap`),
    ...pages.flatMap((content, i) => [
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 ${HEIGHT}]/Resources<</Font<</F 3 0 R>>>>/Contents ${7 + 2 * i} 0 R>>`,
      stream(content),
    ]),
  ]
  return file(objects)
}

function linesOf(paragraph: string): string[] {
  return paragraph.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < LINE) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
    return lines
  }, [])
}

export const stream = (content: string) => `<</Length ${content.length}>>\nstream\n${content}\nendstream`

/** A file of objects, with the table of where each begins. */
export function file(objects: string[]): Uint8Array {
  let text = '%PDF-1.7\n'
  const at = objects.map((object, i) => {
    const begin = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return begin
  })
  const table = at.map((begin) => `${String(begin).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  text += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

/** A PDF that says that the harbour is open, with the passwords of its options. */
export async function protectedBy(options: PDFKit.PDFDocumentOptions): Promise<Uint8Array> {
  const document = new PDFDocument(options)
  const parts: Buffer[] = []
  document.on('data', (part: Buffer) => parts.push(part))
  document.text('The harbour is open.').end()
  await once(document, 'end')
  return Buffer.concat(parts)
}
