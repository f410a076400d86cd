import { expect, it } from 'vitest'
import { load } from '../load.ts'
import { coreXml, type Parts, paragraph, run, word, wordXml } from '../word.ts'

const textOf = async (body: string, parts?: Parts) => (await load('.docx', word(body, parts))).text

const STYLES = wordXml(
  'styles',
  ['heading 1', 'Title', 'toc 1'].map((name, i) => `<w:style w:type="paragraph" w:styleId="S${i}"><w:name w:val="${name}"/></w:style>`).join(''),
)
const NUMBERING = wordXml(
  'numbering',
  '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
)
const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`
const item = (text: string) => `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>${run(text)}</w:p>`

it.each([
  [
    'a table, a line a row',
    `<w:tbl><w:tr>${cell('Berth')}${cell('Cost')}</w:tr><w:tr>${cell('North')}${cell('£5')}</w:tr></w:tbl>`,
    'Berth | Cost\nNorth | £5',
  ],
  ['a list, a line an item', item('Dredge') + item('Drain'), 'Dredge\nDrain'],
  ['a break of a line', paragraph(`${run('one')}<w:r><w:br/></w:r>${run('two')}`), 'one\ntwo'],
  ['a field as it was last shown', paragraph(`<w:fldSimple w:instr=" PAGE "/>${run('as written')}`), 'as written'],
  ['a link as its words', paragraph(`${run('See ')}<w:hyperlink w:anchor="a">${run('the minutes')}</w:hyperlink>${run('.')}`), 'See the minutes.'],
  ['what is in a control for content', `<w:sdt><w:sdtContent>${paragraph('Chosen')}</w:sdtContent></w:sdt>`, 'Chosen'],
])('reads %s', async (_, body, expected) => {
  expect(await textOf(body, { 'word/numbering.xml': NUMBERING })).toBe(expected)
})

it('reads changes as accepted: what was deleted or moved away is absent', async () => {
  const changes = `${run('The bar ')}<w:del w:id="1"><w:r><w:delText>opened</w:delText></w:r></w:del><w:ins w:id="2">${run('shut')}</w:ins>${run('.')}`
  expect(await textOf(`${paragraph(changes)}<w:p><w:moveFrom w:id="3">${run('Gone.')}</w:moveFrom></w:p>`)).toBe('The bar shut.')
})

it('leaves out hidden text, comments, the table of contents and the heads of pages', async () => {
  const body =
    paragraph('Contents ..... 4', 'S2') +
    `<w:p>${run('The bar')}${run(' secretly', '<w:vanish/>')}${run(' shut', '<w:vanish w:val="0"/>')}<w:r><w:commentReference w:id="0"/></w:r>${run('.')}</w:p>`
  const parts = {
    'word/styles.xml': STYLES,
    'word/comments.xml': wordXml('comments', `<w:comment w:id="0" w:author="E">${paragraph('Is that so?')}</w:comment>`),
    'word/header1.xml': wordXml('hdr', paragraph('Minutes, page 1')),
  }
  expect(await textOf(body, parts)).toBe('The bar shut.')
})

it('puts footnotes and endnotes after the text, and no number between its words', async () => {
  const note = (kind: string, text: string) => wordXml(`${kind}s`, `<w:${kind} w:id="2">${paragraph(text)}</w:${kind}>`)
  const body = `<w:p>${run('It cost £5')}<w:r><w:footnoteReference w:id="2"/></w:r>${run(' in May.')}<w:r><w:endnoteReference w:id="2"/></w:r></w:p>${paragraph('It shut.')}`
  const parts = { 'word/footnotes.xml': note('footnote', 'Minute 12.'), 'word/endnotes.xml': note('endnote', 'Tolgarth, letter.') }
  expect(await textOf(body, parts)).toBe('It cost £5 in May.\n\nIt shut.\n\nMinute 12.\n\nTolgarth, letter.')
})

it('reads a text box once, after the paragraph that holds it', async () => {
  const box = `<w:txbxContent>${paragraph('In the box.')}</w:txbxContent>`
  const both = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>${box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
  expect(await textOf(`<w:p>${run('Before.')}${both}</w:p>${paragraph('After.')}`)).toBe('Before.\n\nIn the box.\n\nAfter.')
})

it('takes its title from the properties, else from its first heading, and no name that a program made up', async () => {
  const factsOf = async (properties: Record<string, string>) =>
    (await load('.docx', word(paragraph('The deep cut', 'S1') + paragraph('Text'), { 'word/styles.xml': STYLES, 'docProps/core.xml': coreXml(properties) })))
      .facts
  expect(await factsOf({ 'dc:title': 'Minutes', 'dc:creator': 'Nerys Tolgarth', 'dcterms:created': '2025-03-11T09:00:00Z', 'dc:language': 'en-GB' })).toEqual({
    title: 'Minutes',
    author: 'Nerys Tolgarth',
    published: '2025-03-11',
    language: 'en',
  })
  expect(await factsOf({ 'dc:title': 'Microsoft Word - draft 3.doc', 'dc:creator': 'python-docx', 'dcterms:modified': '2025-03-12T09:00:00Z' })).toEqual({
    title: 'The deep cut',
    published: '2025-03-12',
  })
})
