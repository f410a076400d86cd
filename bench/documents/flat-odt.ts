import { escaped } from '../../test/word.ts'
import { AUTOMATIC, STYLES, tableStyles } from './odt-styles.ts'

/**
 * A part of a document. In its words, {{...}} is a footnote, [-...-] was deleted and [+...+] inserted, ((...)) is a comment, and a word may be
 * divided at ¬.
 */
export interface Block {
  kind: 'h1' | 'h2' | 'p' | 'li' | 'number' | 'lines' | 'letterhead' | 'address' | 'speaker' | 'action' | 'columns' | 'table'
  text?: string
  /** Of a table: the widths of its columns in parts, its cells, and whether its first row is repeated on the next page. */
  widths?: number[]
  rows?: string[][]
  repeat?: boolean
}

export interface Content {
  title: string
  author: string
  header?: string
  footer?: string
  blocks: Block[]
}

/** Where the words of a document are marked, so that LibreOffice tells on which pages they begin and end. */
export type Mark = (name: string) => string

const NAMES = 'office text style fo table dc meta xlink'.split(' ')
const OASIS = 'urn:oasis:names:tc:opendocument:xmlns:'
const ELSEWHERE: Record<string, string> = {
  fo: `${OASIS}xsl-fo-compatible:1.0`,
  dc: 'http://purl.org/dc/elements/1.1/',
  xlink: 'http://www.w3.org/1999/xlink',
}
const namespaces = NAMES.map((name) => `xmlns:${name}="${ELSEWHERE[name] ?? `${OASIS}${name}:1.0`}"`).join(' ')

/** The document as flat ODF text, on sheets of A5. */
export function flatOdt({ title, author, header, footer, blocks }: Content, mark: Mark = () => '', end = ''): string {
  const changes = new Changes()
  const body = bodyOf(blocks, changes, mark)
  const meta = `<dc:title>${escaped(title)}</dc:title><meta:initial-creator>${escaped(author)}</meta:initial-creator><dc:creator>${escaped(author)}</dc:creator><meta:creation-date>2025-10-20T09:00:00</meta:creation-date>`
  const around = [
    header ? `<style:header><text:p text:style-name="Header">${escaped(header)}</text:p></style:header>` : '',
    footer ? `<style:footer><text:p text:style-name="Footer">${footer} <text:page-number/> of <text:page-count/></text:p></style:footer>` : '',
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document ${namespaces} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta>${meta}</office:meta><office:styles>${STYLES}</office:styles><office:automatic-styles>${AUTOMATIC}${tableStyles(blocks)}</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A5">${around.join('')}</style:master-page></office:master-styles>
<office:body><office:text>${changes.regions()}${body}${end}</office:text></office:body></office:document>`
}

function bodyOf(blocks: Block[], changes: Changes, mark: Mark): string {
  let [body, list, section] = ['', '', false]
  blocks.forEach(({ kind, text = '', rows = [], widths = [], repeat = false }, i) => {
    const style = { li: 'Bullets', number: 'Numbers' }[kind as string] ?? ''
    if (style !== list) body += `${list && '</text:list>'}${style && `<text:list text:style-name="${style}">`}`
    list = style
    const within = mark(`b${i}`) + spansOf(text, changes, mark, i) + mark(`e${i}`)
    if (kind === 'columns') [body, section] = [`${body}<text:section text:style-name="Columns" text:name="Columns">`, true]
    else if (kind === 'table') body += tableOf(rows, widths, repeat, mark, i)
    else if (kind === 'h1') body += `<text:p text:style-name="Title">${within}</text:p>`
    else if (kind === 'h2') body += `<text:h text:style-name="Heading_20_1" text:outline-level="1">${within}</text:h>`
    else if (style) body += `<text:list-item><text:p text:style-name="List">${within}</text:p></text:list-item>`
    else body += `<text:p text:style-name="${PARAGRAPHS[kind] ?? 'Text_20_body'}">${within}</text:p>`
  })
  return `${body}${list && '</text:list>'}${section ? '</text:section>' : ''}`
}

function tableOf(rows: string[][], widths: number[], repeat: boolean, mark: Mark, i: number): string {
  const columns = widths.map((_, column) => `<table:table-column table:style-name="T${i}.${column}"/>`).join('')
  const lines = rows.map((cells, row) => {
    const written = widths.map((_, column) => {
      const [text = '', isNumber] = [cells[column], column > 0 && /^[−+]?[\d,.]+%?$/.test(cells[column] ?? '')]
      const words = `${column === 0 ? mark(`b${i}.${row}`) : ''}${escaped(text)}`
      return `<table:table-cell table:style-name="Cell"><text:p text:style-name="${isNumber ? 'Number' : 'Table'}">${words}</text:p></table:table-cell>`
    })
    return `<table:table-row table:style-name="Row">${written.join('')}</table:table-row>`
  })
  const [first = '', ...others] = lines
  const head = repeat ? `<table:table-header-rows>${first}</table:table-header-rows>` : first
  return `<table:table table:style-name="T${i}" table:name="Table${i}">${columns}${head}${others.join('')}</table:table><text:p text:style-name="Table"/>`
}

/** The words of a paragraph, with what is noted, changed and commented in them. */
function spansOf(text: string, changes: Changes, mark: Mark, block: number): string {
  let notes = 0
  return escaped(text).replace(/\{\{(.*?)\}\}|\[-(.*?)-\]|\[\+(.*?)\+\]|\(\((.*?)\)\)|¬|\t|\n/g, (all, note, gone, come, comment) => {
    if (all === '¬') return '\u00ad'
    if (all === '\t') return '<text:tab/>'
    if (all === '\n') return '<text:line-break/>'
    if (gone !== undefined) return changes.deleted(gone)
    if (come !== undefined) return changes.inserted(come)
    if (comment !== undefined)
      return `<office:annotation><dc:creator>E</dc:creator><dc:date>2025-05-10T09:00:00</dc:date><text:p>${comment}</text:p></office:annotation>`
    const id = `${block}.${notes++}`
    const body = `<text:note-body><text:p text:style-name="Footnote">${mark(`n${id}`)}${note}</text:p></text:note-body>`
    return `<text:note text:id="ftn${id}" text:note-class="footnote"><text:note-citation>1</text:note-citation>${body}</text:note>`
  })
}

/** Changes that are tracked: what was deleted stands before the text, and a mark in its place. */
class Changes {
  private readonly all: string[] = []

  deleted(text: string): string {
    return `<text:change text:change-id="${this.add('deletion', `<text:p>${text}</text:p>`)}"/>`
  }

  inserted(text: string): string {
    const id = this.add('insertion', '')
    return `<text:change-start text:change-id="${id}"/>${text}<text:change-end text:change-id="${id}"/>`
  }

  regions(): string {
    return this.all.length === 0 ? '' : `<text:tracked-changes>${this.all.join('')}</text:tracked-changes>`
  }

  private add(kind: string, content: string): string {
    const [id, info] = [`c${this.all.length}`, '<office:change-info><dc:creator>E</dc:creator><dc:date>2025-05-10T09:00:00</dc:date></office:change-info>']
    this.all.push(`<text:changed-region text:id="${id}"><text:${kind}>${info}${content}</text:${kind}></text:changed-region>`)
    return id
  }
}

const PARAGRAPHS: Partial<Record<Block['kind'], string>> = {
  lines: 'Lines',
  letterhead: 'Letterhead',
  address: 'Address',
  speaker: 'Speaker',
  action: 'Action',
}
