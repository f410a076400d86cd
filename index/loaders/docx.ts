import mammoth from 'mammoth'
import { SkipFile } from '../errors.ts'
import { factsOf } from '../facts.ts'
import type { Facts } from '../types.ts'
import { type Archive, openArchive } from './archive.ts'
import { textOfHtml, tooDeep } from './html-text.ts'
import type { Load } from './loader.ts'
import { xmlElements, xmlText } from './xml.ts'

const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** What Word's own styles are in HTML, besides what mammoth knows. Tables of contents are navigation; hidden text is marked by `shown`. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((level) => `p[style-name='toc ${level}'] => !`),
  "p[style-name='TOC Heading'] => !",
  "highlight[color='vanish'] => !",
]

/**
 * Word documents: the text as it reads with every change accepted, notes after it, without comments, page headers, hidden text and
 * pictures; facts from the document's properties.
 */
export const docx: Load = async (bytes) => {
  refuseOle(bytes)
  const archive = await openArchive(bytes)
  if (!archive.has('[Content_Types].xml')) throw new SkipFile('NOT_DOCX', 'It is no Word document; give it its proper extension.')
  const { text, heading } = textOfHtml(withoutMarks(await htmlOf(archive)))
  return [{ text, mediaType: MEDIA_TYPE, facts: await factsIn(archive, heading) }]
}

/** Word before 2007 wrote OLE files, and every Word puts an encrypted document into one. */
function refuseOle(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.subarray(0, 8).toString('hex') !== 'd0cf11e0a1b11ae1') return
  if (file.includes(Buffer.from('EncryptedPackage', 'utf16le'))) throw new SkipFile('ENCRYPTED', 'It is encrypted; save it without a password.')
  throw new SkipFile('OLD_WORD', 'It is in the format of Word before 2007, whatever its name says; save it as .docx.')
}

async function htmlOf(archive: Archive): Promise<string> {
  // Mammoth takes an opened archive as well, which its types do not say: so it unpacks nothing itself, and only what has been counted.
  const file = {
    exists: archive.has,
    read: async (name: string, encoding?: string) => (encoding === undefined ? archive.read(name) : shown(xmlText(await archive.read(name)))),
  }
  const input = { file } as unknown as Parameters<typeof mammoth.convertToHtml>[0]
  const convertImage = mammoth.images.imgElement(async () => ({ src: '' }))
  try {
    return (await mammoth.convertToHtml(input, { styleMap: STYLES, includeEmbeddedStyleMap: false, convertImage })).value
  } catch (error) {
    if (error instanceof SkipFile) throw error
    if (error instanceof RangeError) throw tooDeep()
    throw new SkipFile('DAMAGED', 'It is not the XML of a Word document; open it in Word or LibreOffice and save it again.')
  }
}

/** Mammoth knows highlighted text and not hidden text: what is hidden is marked by a colour that there is not. */
function shown(xml: string): string {
  return xml.replace(/<w:vanish(?:\s+w:val="(?:true|1|on)")?\s*\/>/g, '<w:highlight w:val="vanish"/>')
}

/** Without the marks that lead to a note and back, so that the words before and after one are as they were written. */
function withoutMarks(html: string): string {
  return html
    .replace(/<sup><a href="#(?:foot|end)note-[^"]*" id="(?:foot|end)note-ref-[^"]*">\[\d+\]<\/a><\/sup>/g, '')
    .replace(/ ?<a href="#(?:foot|end)note-ref-[^"]*">↑<\/a>/g, '')
}

/** Written by programs where nobody gave a name. */
const NO_AUTHOR = /^(?:un-?named|unknown|python-docx|microsoft office user|windows user|user|admin(?:istrator)?|author)$/i
const NO_TITLE = /^microsoft word - |\.(?:docx?|dotx?|rtf|odt)$/i

async function factsIn(archive: Archive, heading: string | null): Promise<Partial<Facts>> {
  const properties = archive.has('docProps/core.xml') ? xmlElements(await archive.read('docProps/core.xml')) : []
  const property = (name: string) => properties.find((element) => element.name === name)?.text() || null
  const [title, author] = [property('title'), property('creator')]
  return factsOf({
    title: title && !NO_TITLE.test(title) ? title : heading,
    author: author && !NO_AUTHOR.test(author) ? author : null,
    language: property('language'),
    date: property('created') ?? property('modified'),
  })
}
