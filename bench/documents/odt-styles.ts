/** A style by its name: properties of the paragraph, then of its text. */
function style(name: string, paragraph: string, text: string, parent = 'Standard'): string {
  const inherits = parent === name ? '' : ` style:parent-style-name="${parent}"`
  return `<style:style style:name="${name}" style:display-name="${name.replaceAll('_20_', ' ')}" style:family="paragraph" style:class="text"${inherits}><style:paragraph-properties ${paragraph}/><style:text-properties ${text}/></style:style>`
}

/** Without ligatures: LibreOffice 6.1 says of each that it is its first letter only. */
const SERIF = 'fo:font-family="\'DejaVu Serif:-liga\'" fo:font-size="9pt" fo:language="en" fo:country="GB"'
const SANS = 'fo:font-family="\'DejaVu Sans:-liga\'"'
/** What the document's styles are, by names that Word and HTML have as well. */
export const STYLES = [
  style('Standard', 'fo:margin-bottom="0cm" fo:orphans="2" fo:widows="2"', SERIF),
  style('Text_20_body', 'fo:margin-bottom="0.2cm" fo:line-height="120%" fo:text-align="justify"', SERIF),
  style('Title', 'fo:margin-bottom="0.4cm" fo:keep-with-next="always"', `${SANS} fo:font-size="16pt" fo:font-weight="bold"`),
  style('Heading_20_1', 'fo:margin-top="0.3cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"', `${SANS} fo:font-size="11pt" fo:font-weight="bold"`),
  style('List', 'fo:margin-bottom="0.1cm" fo:line-height="120%"', SERIF),
  style('Lines', 'fo:margin-bottom="0.4cm"', SERIF),
  style('Letterhead', 'fo:text-align="end"', `${SANS} fo:font-size="14pt" fo:font-weight="bold"`),
  style('Address', 'fo:text-align="end" fo:margin-bottom="1cm"', `${SANS} fo:font-size="8pt"`),
  style('Speaker', 'fo:margin-left="3.4cm" fo:text-indent="-3.4cm" fo:margin-bottom="0.2cm" fo:line-height="120%"', SERIF),
  style('Action', 'fo:margin-left="3.4cm" fo:margin-bottom="0.2cm"', `${SERIF} fo:font-style="italic"`),
  style('Table', '', `${SANS} fo:font-size="8pt"`),
  style('Number', 'fo:text-align="end"', `${SANS} fo:font-size="8pt"`, 'Table'),
  style('Header', 'fo:text-align="center"', `${SANS} fo:font-size="7pt"`),
  style('Footer', 'fo:text-align="end"', `${SANS} fo:font-size="7pt"`),
  style('Footnote', 'fo:margin-left="0.5cm" fo:text-indent="-0.5cm"', 'fo:font-size="7.5pt"'),
  '<text:notes-configuration text:note-class="footnote" text:citation-style-name="Mark" text:citation-body-style-name="Noted" style:num-format="1" text:start-value="0" text:start-numbering-at="document"/>',
  '<style:style style:name="Mark" style:family="text"/>',
  '<style:style style:name="Noted" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>',
].join('')

const AROUND = 'fo:min-height="0.6cm"'
const A5 = 'fo:page-width="14.8cm" fo:page-height="21cm" fo:margin-top="1.2cm" fo:margin-bottom="1.2cm" fo:margin-left="1.6cm" fo:margin-right="1.6cm"'
const level = (kind: string, format: string) =>
  `<text:list-level-style-${kind} text:level="1" ${format}><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:margin-left="0.7cm" fo:text-indent="-0.7cm"/></style:list-level-properties></text:list-level-style-${kind}>`
/** The sheet, lists, columns and cells. */
export const AUTOMATIC = [
  `<style:page-layout style:name="A5"><style:page-layout-properties ${A5}/><style:header-style><style:header-footer-properties ${AROUND} fo:margin-bottom="0.5cm"/></style:header-style><style:footer-style><style:header-footer-properties ${AROUND} fo:margin-top="0.5cm"/></style:footer-style></style:page-layout>`,
  `<text:list-style style:name="Bullets">${level('bullet', 'text:bullet-char="•"')}</text:list-style>`,
  `<text:list-style style:name="Numbers">${level('number', 'style:num-format="1" style:num-suffix="."')}</text:list-style>`,
  '<style:style style:name="Columns" style:family="section"><style:section-properties><style:columns fo:column-count="2" fo:column-gap="0.6cm"/></style:section-properties></style:style>',
  '<style:style style:name="Row" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>',
  '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.05cm" fo:border="0.25pt solid #888888"/></style:style>',
].join('')

/** The widths of the columns of each table, by the place of its block. */
export function tableStyles(blocks: { widths?: number[] }[]): string {
  return blocks
    .flatMap(({ widths = [] }, i) => [
      widths.length > 0
        ? `<style:style style:name="T${i}" style:family="table"><style:table-properties style:width="11.6cm" table:align="left"/></style:style>`
        : '',
      ...widths.map(
        (width, column) =>
          `<style:style style:name="T${i}.${column}" style:family="table-column"><style:table-column-properties style:column-width="${(11.6 * width) / 100}cm"/></style:style>`,
      ),
    ])
    .join('')
}
