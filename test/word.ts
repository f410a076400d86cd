import { zip } from './zip.ts'

const OFFICE = 'http://schemas.openxmlformats.org'
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** Other parts of a Word document, by their names, beside its body. */
export type Parts = Record<string, string>

/** The entries of a Word document with a body of WordprocessingML, as Word writes them; `parts` go into it or in the place of others. */
export function wordParts(body: string, parts: Parts = {}): Parts {
  const notes = Object.keys(parts).flatMap((name) => /^word\/(\w+)\.xml$/.exec(name)?.[1] ?? [])
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${OFFICE}/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${XML}<Relationships xmlns="${OFFICE}/package/2006/relationships">${notes
      .map((name, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/officeDocument/2006/relationships/${name}" Target="${name}.xml"/>`)
      .join('')}</Relationships>`,
    'word/document.xml': wordXml('document', `<w:body>${body}</w:body>`),
    ...parts,
  }
}

/** A Word document with a body of WordprocessingML. */
export function word(body: string, parts: Parts = {}): Buffer {
  return zip(wordParts(body, parts))
}

/** A part of a Word document in its own XML: `document`, `footnotes`, `comments`, `styles` and so on. */
export function wordXml(root: string, content: string): string {
  return `${XML}<w:${root} xmlns:w="${OFFICE}/wordprocessingml/2006/main" xmlns:r="${OFFICE}/officeDocument/2006/relationships" xmlns:mc="${OFFICE}/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml">${content}</w:${root}>`
}

export function coreXml(properties: Record<string, string>): string {
  const elements = Object.entries(properties).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`)
  return `${XML}<cp:coreProperties xmlns:cp="${OFFICE}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">${elements.join('')}</cp:coreProperties>`
}

/** A run of text. */
export function run(text: string, properties = ''): string {
  return `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`
}

/** A paragraph of runs, or of one text. */
export function paragraph(runs: string, style?: string): string {
  return `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}${runs.startsWith('<w:') ? runs : run(runs)}</w:p>`
}

export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
