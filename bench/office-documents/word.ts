import { AlignmentType, Document, Footer, FootnoteReferenceRun, Header, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import { openArchive } from '../../index/loaders/archive.ts'
import { coreXml, escaped, type Parts, paragraph, run, wordParts, wordXml } from '../../test/word.ts'
import { zip } from '../../test/zip.ts'
import { AROUND, ARTICLE, type Fixture, paragraphsOf } from './article.ts'

const NOTE = 'Minute 12 of the harbour committee, 4 March 2025.'
const END_NOTE = 'Soundings of 1999 and 2006, county record office.'
const DELETED = 'This sentence was struck out before the meeting.'
const COMMENT = 'Is this figure still right? Ask the treasurer.'
const PLAIN = paragraphsOf(['caption'])

const core = coreXml({ 'dc:title': ARTICLE.title, 'dc:creator': ARTICLE.author, 'dcterms:created': `${ARTICLE.date}T18:30:00Z`, 'dc:language': 'en-GB' })
const STYLE_NAMES = {
  Title: 'Title',
  Heading1: 'heading 1',
  ListParagraph: 'List Paragraph',
  TOC1: 'toc 1',
  FirstParagraph: 'First Paragraph',
  Compact: 'Compact',
}
const styles = wordXml(
  'styles',
  Object.entries(STYLE_NAMES)
    .map(([id, name]) => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`)
    .join(''),
)
const numbering = wordXml(
  'numbering',
  '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
)
const header = { 'word/header1.xml': wordXml('hdr', paragraph(AROUND.nav[0] ?? '')), 'word/footer1.xml': wordXml('ftr', paragraph(AROUND.footer)) }

/** Words as Word divides them: a run ends wherever a check of spelling or a change of hand did. */
function divided(text: string, style?: string): string {
  const parts = text.match(/[^,.]+[,.]?/g) ?? [text]
  const runs = parts.map((part, i) => (i % 2 ? '<w:proofErr w:type="spellStart"/>' : '') + run(part, i % 3 === 1 ? '<w:lang w:val="en-GB"/>' : ''))
  return paragraph(runs.join(''), style)
}
const item = (text: string) =>
  `<w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>${run(text)}</w:p>`
const table = `<w:tbl><w:tblPr/><w:tblGrid/>${ARTICLE.table.map((cells) => `<w:tr>${cells.map((text) => `<w:tc><w:tcPr/>${paragraph(text)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`
const all = (make: (text: string, style?: string) => string) =>
  [
    make(ARTICLE.title, 'Title'),
    make(ARTICLE.standfirst),
    ...ARTICLE.opening.map((text) => make(text)),
    make(ARTICLE.heading, 'Heading1'),
    make(ARTICLE.middle),
    ...ARTICLE.list.map(item),
    table,
    make(ARTICLE.heading2, 'Heading1'),
    make(ARTICLE.quote),
    ...ARTICLE.closing.map((text) => make(text)),
  ].join('')

const word = (body: string, parts: Parts = {}) =>
  zip(wordParts(body, { 'word/styles.xml': styles, 'word/numbering.xml': numbering, 'docProps/core.xml': core, ...parts }))

/** The one place in the body at which something is put. */
function at(body: string, text: string, replacement: string): string {
  if (body.split(text).length !== 2) throw new Error(`not once in the body: ${text}`)
  return body.replace(text, () => replacement)
}

function tracked(): string {
  const change = (text: string) => `<w:ins w:id="7" w:author="E" w:date="2025-03-10T09:00:00Z">${run(text)}</w:ins>`
  const gone = `<w:del w:id="8" w:author="E" w:date="2025-03-10T09:00:00Z"><w:r><w:delText>${DELETED}</w:delText></w:r></w:del>`
  const closing = ARTICLE.closing[1]
  const body = at(all(paragraph), paragraph(closing), `<w:p>${run(closing.slice(0, 9))}${gone}${change(closing.slice(9))}</w:p><w:p>${gone}</w:p>`)
  const mark = '<w:r><w:commentReference w:id="1"/></w:r>'
  return at(body, paragraph(ARTICLE.middle), `<w:p><w:commentRangeStart w:id="1"/>${run(ARTICLE.middle)}<w:commentRangeEnd w:id="1"/>${mark}</w:p>`)
}

function noted(): string {
  const [first, second] = [ARTICLE.opening[0], ARTICLE.closing[2]]
  const box = `<w:txbxContent>${paragraph(ARTICLE.caption)}</w:txbxContent>`
  const shape = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>${box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
  const marked = (text: string, kind: string, more = '') =>
    `<w:p>${run(text.slice(0, 40))}<w:r><w:${kind}Reference w:id="2"/></w:r>${run(text.slice(40))}${more}</w:p>`
  const body = at(all(paragraph), paragraph(first), marked(first, 'footnote'))
  const boxed = at(body, paragraph(ARTICLE.opening[2]), `<w:p>${run(ARTICLE.opening[2])}${shape}</w:p>`)
  return `${paragraph(`${ARTICLE.heading} 4`, 'TOC1')}${at(boxed, paragraph(second), marked(second, 'endnote'))}`
}
const note = (kind: string, text: string) =>
  wordXml(
    `${kind}s`,
    `<w:${kind} w:type="separator" w:id="-1"><w:p/></w:${kind}><w:${kind} w:id="2"><w:p><w:r><w:${kind}Ref/></w:r>${run(` ${text}`)}</w:p></w:${kind}>`,
  )

/** The docx library's own document, with the times and the order of the archive made the same each time. */
async function byDocxLibrary(): Promise<Buffer> {
  const body = (text: string) => new Paragraph({ children: [new TextRun(text)] })
  const cell = (text: string) => new TableCell({ children: [body(text)] })
  const children = [
    new Paragraph({ text: ARTICLE.title, heading: HeadingLevel.TITLE }),
    new Paragraph({ text: ARTICLE.standfirst, alignment: AlignmentType.CENTER }),
    new Paragraph({
      children: [new TextRun({ text: ARTICLE.opening[0].slice(0, 30), bold: true }), new TextRun(ARTICLE.opening[0].slice(30)), new FootnoteReferenceRun(1)],
    }),
    ...ARTICLE.opening.slice(1).map(body),
    new Paragraph({ text: ARTICLE.heading, heading: HeadingLevel.HEADING_1 }),
    body(ARTICLE.middle),
    ...ARTICLE.list.map((text) => new Paragraph({ text, bullet: { level: 0 } })),
    new Table({ rows: ARTICLE.table.map((cells) => new TableRow({ children: cells.map(cell) })) }),
    new Paragraph({ text: ARTICLE.heading2, heading: HeadingLevel.HEADING_1 }),
    ...[ARTICLE.quote, ...ARTICLE.closing].map(body),
  ]
  const footers = { default: new Footer({ children: [body(AROUND.footer)] }) }
  const headers = { default: new Header({ children: [body(AROUND.nav[0] ?? '')] }) }
  const document = new Document({ title: ARTICLE.title, footnotes: { 1: { children: [body(NOTE)] } }, sections: [{ headers, footers, children }] })
  const bytes = await Packer.toBuffer(document)
  const archive = await openArchive(bytes)
  const names = ['[Content_Types].xml', '_rels/.rels', 'word/document.xml', 'word/styles.xml', 'word/numbering.xml', 'word/footnotes.xml', 'word/header1.xml']
  const more = ['word/footer1.xml', 'word/_rels/document.xml.rels', 'word/settings.xml']
  const parts = await Promise.all([...names, ...more].map(async (name) => [name, Buffer.from(await archive.read(name))] as const))
  return zip({ ...Object.fromEntries(parts), 'docProps/core.xml': core })
}

const around = [AROUND.nav[0] ?? '', AROUND.footer]

/** Documents in the shapes that word processors give them. */
export async function words(): Promise<Fixture[]> {
  const captioned = PLAIN.flatMap((text) => (text === ARTICLE.opening[2] ? [text, ARTICLE.caption] : [text]))
  const comments = { 'word/comments.xml': wordXml('comments', `<w:comment w:id="1" w:author="E">${paragraph(COMMENT)}</w:comment>`) }
  const notes = { 'word/footnotes.xml': note('footnote', NOTE), 'word/endnotes.xml': note('endnote', END_NOTE) }
  const googleDocs = (text: string, style?: string) => paragraph(run(text, '<w:rtl w:val="0"/>'), style)
  const pandoc = (text: string, style = 'FirstParagraph') => paragraph(`<w:bookmarkStart w:id="3" w:name="a"/>${run(text)}<w:bookmarkEnd w:id="3"/>`, style)
  return [
    { name: 'docx-library.docx', producer: 'the docx package from npm', bytes: await byDocxLibrary(), paragraphs: [...PLAIN, NOTE], absent: around },
    { name: 'word-runs.docx', producer: 'Word, many runs, a header and a footer', bytes: word(all(divided), header), paragraphs: PLAIN, absent: around },
    {
      name: 'word-tracked.docx',
      producer: 'Word, tracked changes and comments',
      bytes: word(tracked(), comments),
      paragraphs: PLAIN,
      absent: [DELETED, COMMENT],
    },
    {
      name: 'word-notes.docx',
      producer: 'Word, contents, footnotes, endnotes and a text box',
      bytes: word(noted(), notes),
      paragraphs: [...captioned, NOTE, END_NOTE],
      absent: [`${ARTICLE.heading} 4`, '[1]', '↑'],
    },
    {
      name: 'google-docs.docx',
      producer: 'Google Docs',
      bytes: word(`<w:sdt><w:sdtPr/><w:sdtContent>${all(googleDocs)}</w:sdtContent></w:sdt>`),
      paragraphs: PLAIN,
      absent: [],
    },
    { name: 'pandoc.docx', producer: 'pandoc', bytes: word(all(pandoc)), paragraphs: PLAIN, absent: [escaped('&amp;')] },
  ]
}
