import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { SkipFile } from '../../errors.ts'
import { LIMITS } from '../loader.ts'
import type { Metadata } from './facts.ts'
import type { Drawn } from './items.ts'

export interface Page {
  drawn: Drawn[]
  width: number
  height: number
}

/** Runs of text on a page, at most: a plan with a label for each house has some ten thousand. */
const RUNS_OF_PAGE = 20_000
const RUNS = 2_000_000

/** The pages of a PDF as its reader sees them, and its metadata. Throws SkipFile: ENCRYPTED, DAMAGED, TOO_MANY_PAGES, TOO_MUCH_TEXT. */
export async function readDocument(bytes: Uint8Array): Promise<{ pages: Page[]; metadata: Metadata }> {
  const { getDocument, VerbosityLevel } = await pdfjs()
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const task = getDocument({
    // It takes what it is given for its own.
    data: Uint8Array.from(bytes),
    verbosity: VerbosityLevel.ERRORS,
    cMapUrl: `${folder}/cmaps/`,
    standardFontDataUrl: `${folder}/standard_fonts/`,
    isEvalSupported: false,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    disableFontFace: true,
    enableXfa: false,
  })
  try {
    const document = await task.promise
    return { pages: await pagesOf(document), metadata: await metadataOf(document) }
  } catch (error) {
    if (error instanceof SkipFile) throw error
    if ((error as Error).name === 'PasswordException') throw new SkipFile('ENCRYPTED', 'It opens with a password only; save it without one.')
    throw damaged()
  } finally {
    // It waits for ever for a page that was not read to its end.
    void task.destroy().catch(() => {})
  }
}

let loaded: Promise<typeof import('pdfjs-dist/legacy/build/pdf.mjs')> | undefined

function pdfjs(): NonNullable<typeof loaded> {
  loaded ??= load()
  return loaded
}

/** While it is loaded, pdf.js asks for what browsers draw with, and complains without; no text needs it. */
async function load(): NonNullable<typeof loaded> {
  const missing = ['DOMMatrix', 'ImageData', 'Path2D'].filter((name) => !(name in globalThis))
  for (const name of missing) Object.assign(globalThis, { [name]: class {} })
  try {
    return await import('pdfjs-dist/legacy/build/pdf.mjs')
  } finally {
    for (const name of missing) Reflect.deleteProperty(globalThis, name)
  }
}

async function pagesOf(document: PDFDocumentProxy): Promise<Page[]> {
  if (document.numPages > LIMITS.pages) throw new SkipFile('TOO_MANY_PAGES', `It has ${document.numPages} pages and the limit is ${LIMITS.pages}; split it.`)
  const pages: Page[] = []
  const total = { runs: 0, characters: 0 }
  let broken = 0
  for (let number = 1; number <= document.numPages; number++) {
    try {
      pages.push(await pageOf(await document.getPage(number), total))
    } catch (error) {
      if (error instanceof SkipFile) throw error
      // The others can be read all the same.
      pages.push({ drawn: [], width: 0, height: 0 })
      broken++
    }
  }
  if (broken > 0 && total.runs === 0) throw damaged()
  return pages
}

async function pageOf(page: PDFPageProxy, total: { runs: number; characters: number }): Promise<Page> {
  const { transform, width, height } = page.getViewport({ scale: 1 })
  const drawn: Drawn[] = []
  const vertical = new Set<string>()
  const before = total.runs
  const reader = page.streamTextContent().getReader() as ReadableStreamDefaultReader<Awaited<ReturnType<PDFPageProxy['getTextContent']>>>
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const { items, styles } = part.value
    for (const [name, style] of Object.entries(styles)) if (style.vertical) vertical.add(name)
    for (const item of items) {
      if (!('str' in item)) continue
      const matrix = multiplied(transform as number[], item.transform as number[])
      drawn.push({ ...item, matrix, vertical: vertical.has(item.fontName) })
      // A line's end, where nothing is drawn, is white space.
      if (item.hasEOL) drawn.push({ ...item, str: ' ', matrix, vertical: false })
      total.characters += item.str.length
    }
    total.runs += items.length
    if (total.runs > RUNS || total.runs - before > RUNS_OF_PAGE || total.characters > LIMITS.characters)
      throw new SkipFile('TOO_MUCH_TEXT', `More than ${RUNS_OF_PAGE} pieces of text on a page, or ${LIMITS.characters} characters, are too much; split it.`)
  }
  page.cleanup()
  return { drawn, width, height }
}

async function metadataOf(document: PDFDocumentProxy): Promise<Metadata> {
  const { info, metadata } = await document.getMetadata().catch(() => ({ info: {}, metadata: null }))
  return { info: info as Record<string, unknown>, xmp: (key) => metadata?.get(key) }
}

function damaged(): SkipFile {
  return new SkipFile('DAMAGED', 'It is no whole PDF; open it in a viewer and save it again, or get it again.')
}

/** The matrix of what is transformed by `b` and then by `a`. */
function multiplied(a: number[], b: number[]): number[] {
  const [a0 = 1, a1 = 0, a2 = 0, a3 = 1, a4 = 0, a5 = 0] = a
  const [b0 = 1, b1 = 0, b2 = 0, b3 = 1, b4 = 0, b5 = 0] = b
  return [a0 * b0 + a2 * b1, a1 * b0 + a3 * b1, a0 * b2 + a2 * b3, a1 * b2 + a3 * b3, a0 * b4 + a2 * b5 + a4, a1 * b4 + a3 * b5 + a5]
}
