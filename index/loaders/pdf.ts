import { SkipFile } from '../errors.ts'
import type { Load } from './loader.ts'
import { blocksOf } from './pdf/columns.ts'
import { type Page, readDocument } from './pdf/document.ts'
import { factsOfMetadata } from './pdf/facts.ts'
import { layersOf } from './pdf/items.ts'
import { piecesOf } from './pdf/lines.ts'
import { runningLines } from './pdf/running.ts'
import { textOf } from './pdf/text.ts'
import { assureUnpackable } from './pdf/unpacked.ts'

/**
 * PDF: the text in reading order, its columns one after the other, words put together that a line's end divides, without headers, footers
 * and page numbers; notes after the text of their page. What is drawn as a picture is not read.
 */
export const pdf: Load = async (bytes) => {
  await assureUnpackable(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const { pages: drawn, metadata } = await readDocument(bytes)
  const { text, pages } = textOf(laidOut(drawn))
  if (text === '')
    throw new SkipFile('NO_TEXT', 'Its pages are pictures without text; recognise the text in them (OCR, with ocrmypdf for example) and index again.')
  return [{ text, mediaType: 'application/pdf', facts: factsOfMetadata(metadata), pages }]
}

/** The blocks of each page: those of its main direction, then those of text that is turned. */
function laidOut(pages: Page[]) {
  const layers = pages.map(({ drawn, width, height }) =>
    layersOf(drawn, width, height).map((layer) => ({ lines: piecesOf(layer.items), height: layer.height })),
  )
  const main = runningLines(layers.map(([first]) => first ?? { lines: [], height: 1 }))
  const turned = runningLines(
    layers.map(([, ...others]) => ({ lines: others.flatMap(({ lines }) => lines), height: 1 })),
    true,
  )
  return layers.map((page) => ({
    blocks: page.flatMap(({ lines }) => blocksOf(lines.filter((line) => !main.has(line) && !turned.has(line)))),
    height: page[0]?.height ?? 1,
  }))
}
