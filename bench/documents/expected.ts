import type { Block, Content } from './flat-odt.ts'

/** The page of each mark: b of a block's beginning, e of its end, n of a note. */
export type Places = ReadonlyMap<string, number>

interface Paragraph {
  text: string
  page: number | null
}

/** What a reader sees of a document: its paragraphs in reading order, each with its page where there are pages, and what is around them. */
export function expectedOf(content: Content, format: string, places: Places): { paragraphs: Paragraph[]; absent: string[] } {
  const paragraphs = format === 'pdf' ? onPages(content.blocks, places) : inFlow(content.blocks)
  const all = JSON.stringify(content.blocks)
  const hidden = Array.from(all.matchAll(/\[-(.*?)-\]|\(\((.*?)\)\)/g), ([, gone, comment]) => gone ?? comment ?? '')
  const numbers = Array.from({ length: content.footer ? lastOf(places) : 0 }, (_, i) => `${content.footer} ${i + 1} of`)
  return { paragraphs, absent: [...numbers, ...(content.header ? [content.header] : []), ...hidden] }
}

/** Notes stand after the text of their page: before the paragraph that runs on to the next. */
function onPages(blocks: Block[], places: Places): Paragraph[] {
  const paragraphs: (Paragraph & { runsOn: boolean })[] = []
  const notes: { text: string; page: number }[] = []
  let number = 0
  blocks.forEach((block, i) => {
    number = block.kind === 'number' ? number + 1 : 0
    const label = block.kind === 'li' ? '• ' : number > 0 ? `${number}. ` : ''
    const first = notes.length
    const parts = partsOf(block)
    parts.forEach((part, row) => {
      const begin = places.get(block.kind === 'table' ? `b${i}.${row}` : `b${i}`) ?? null
      const text =
        label + part.replace(NOTE, (_, note: string) => `${raised(notes.push({ text: note, page: places.get(`n${i}.${notes.length - first}`) ?? 0 }))}`)
      paragraphs.push({ text, page: begin, runsOn: block.kind !== 'table' && places.get(`e${i}`) !== begin })
    })
  })
  const written = Array.from({ length: lastOf(places) }, (_, i) => {
    const own = paragraphs.filter(({ page }) => page === i + 1)
    const noted = notes.flatMap(({ text, page }, at) => (page === i + 1 ? [{ text: `${at + 1} ${text}`, page }] : []))
    const runsOn = own.at(-1)?.runsOn === true ? own.splice(-1) : []
    return [...own, ...noted, ...runsOn]
  })
  return written.flat().map(({ text, page }) => ({ text, page }))
}

function lastOf(places: Places): number {
  return Math.max(...places.values())
}

/** Where there are no pages, notes stand at the end. */
function inFlow(blocks: Block[]): Paragraph[] {
  const notes = blocks.flatMap(({ text = '' }) => Array.from(text.matchAll(NOTE), ([, note = '']) => note))
  return [...blocks.flatMap(partsOf).map((text) => text.replace(NOTE, '')), ...notes].map((text) => ({ text, page: null }))
}

const NOTE = /\{\{(.*?)\}\}/g

/** The words of a block as they read with every change accepted; lines and rows by themselves. */
function partsOf({ kind, text = '', rows = [] }: Block): string[] {
  if (kind === 'columns') return []
  if (kind === 'table') return rows.map((cells) => cells.join(' | '))
  return text
    .replace(/\[-.*?-\]|\(\(.*?\)\)|¬/g, '')
    .replace(/\[\+(.*?)\+\]/g, '$1')
    .split('\n')
}

function raised(number: number): string {
  return String(number).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] as string)
}
