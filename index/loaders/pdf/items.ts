/** A run of text as a page draws it, upright: a page or a text that is turned has been turned back. Lengths are points, y grows downwards. */
export interface Item {
  text: string
  left: number
  right: number
  /** The y of its baseline. */
  base: number
  /** The height of its letters' square. */
  size: number
  font: string
  /** Does white space stand before it? */
  spaced: boolean
}

/** What a page draws in one direction, laid out by itself. */
export interface Layer {
  items: Item[]
  /** Of the page, seen in this direction. */
  height: number
}

/** A run of text as pdf.js gives it. */
export interface Drawn {
  str: string
  /** Of the run, on the page that is turned as its reader sees it; y grows downwards. */
  matrix: number[]
  width: number
  height: number
  fontName: string
  vertical: boolean
}

/** The layers of a page, the one with most text first. */
export function layersOf(drawn: Drawn[], width: number, height: number): Layer[] {
  const layers = new Map<string, Layer>()
  let spaced = false
  for (const run of drawn) {
    const text = run.str.replace(NOT_TEXT, '').replace(SHAPED, (letter) => letter.normalize('NFKC'))
    if (text.trim() === '') {
      spaced = true
      continue
    }
    const angle = run.vertical ? 0 : angleOf(run)
    const key = run.vertical ? 'vertical' : String(angle)
    const isLying = run.vertical || angle === 90 || angle === 270
    const layer = layers.get(key) ?? { items: [], height: isLying ? width : height }
    layers.set(key, layer)
    const place = placeOf(run, angle)
    // Turned, the page ends where its coordinates are nought.
    if (run.vertical || angle === 90) place.base += width
    if (angle === 180) place.base += height
    layer.items.push({ ...place, text: text.trim(), font: run.fontName, spaced: spaced || /^\s/.test(text) })
    spaced = /\s$/.test(text)
  }
  return [...layers.values()].sort((a, b) => lengthOf(b.items) - lengthOf(a.items))
}

/** Marks of a font that says nothing of its characters, halves of characters, and what is never seen. */
const NOT_TEXT = /[\p{Cs}\p{Co}\ufffd\ufeff\u200b]|(?!\s)\p{Cc}/gu

/** Arabic letters by the shape they take in a word, where pdf.js leaves them so. */
const SHAPED = /[\ufb50-\ufdff\ufe70-\ufefc]/g

function angleOf({ matrix: [a = 1, b = 0] }: Drawn): number {
  return Math.round((Math.atan2(b, a) * 180) / Math.PI + 360) % 360
}

function placeOf({ matrix, width, height, vertical }: Drawn, angle: number): Pick<Item, 'left' | 'right' | 'base' | 'size'> {
  const [, , c = 0, d = 0, x = 0, y = 0] = matrix
  const size = Math.hypot(c, d) || 1
  // Columns that run down the page, from right to left, are read as lines that run across it.
  if (vertical) return { left: y, right: y + height, base: -x, size }
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
  const left = x * cos + y * sin
  return { left, right: left + width, base: y * cos - x * sin, size }
}

function lengthOf(items: Item[]): number {
  return items.reduce((sum, { text }) => sum + text.length, 0)
}
