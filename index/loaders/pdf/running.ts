import type { Line } from './lines.ts'

export interface PageOfLines {
  lines: Line[]
  height: number
}

/** How far from the top or bottom of a page, in parts of its height, headers and footers stand. */
const MARGIN = 0.14
/** Points by which a header may stand elsewhere on another page. */
const SAME = 2.5
/** Pages that show what is a header of some pages only, such as the name of a chapter; and pages with any header in that place. */
const PAGES = 3

/** Characters of a header, at most. */
const LONGEST = 300

interface Place {
  line: Line
  page: number
  /** From the top, or below nought from the bottom. */
  y: number
}

/** The lines that many pages repeat in the same place of their margin: headers, footers, and numbers that count the pages. */
export function runningLines(pages: PageOfLines[], everywhere = false): Set<Line> {
  const groups = new Map<string, Place[]>()
  pages.forEach(({ lines, height }, page) => {
    for (const line of lines) {
      const isTop = line.base < MARGIN * height
      if ((!everywhere && !isTop && line.base < (1 - MARGIN) * height) || line.text.length > LONGEST) continue
      const place = { line, page, y: isTop ? line.base : line.base - height }
      for (const key of keysOf(line.text, page)) {
        const group = groups.get(key)
        if (group) group.push(place)
        else groups.set(key, [place])
      }
    }
  })
  const repeated = [...groups.values()].flatMap(sameHeight).filter((places) => new Set(places.map(({ page }) => page)).size > 1)
  const often = repeated.filter((places) => places.length >= Math.min(PAGES, Math.max(2, pages.length)))
  const heights = new Set(often.flat().map(({ y }) => Math.round(y / SAME)))
  const isBesideThem = ([place]: Place[]) => place !== undefined && [-1, 0, 1].some((near) => heights.has(Math.round(place.y / SAME) + near))
  return new Set([...often, ...repeated.filter(isBesideThem)].flat().map(({ line }) => line))
}

/** A text as it is, and with each of its numbers told by how far it is from the page's: "Page 3 of 9" on the third page. */
function keysOf(text: string, page: number): string[] {
  const keys = [text]
  for (const match of text.matchAll(/(?<![\d.,])\d{1,4}(?![\d.,]*\d)|\b[ivxl]{1,7}\b/gi)) {
    const number = /^\d/.test(match[0]) ? Number(match[0]) : roman(match[0])
    if (keys.length < 5) keys.push(`${text.slice(0, match.index)}\0${number - page}\0${text.slice(match.index + match[0].length)}`)
  }
  return keys
}

function roman(numeral: string): number {
  const values = [...numeral.toLowerCase()].map((letter) => ({ i: 1, v: 5, x: 10, l: 50 })[letter] ?? 0)
  return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0)
}

function sameHeight(places: Place[]): Place[][] {
  const groups: Place[][] = []
  for (const place of places.sort((a, b) => a.y - b.y)) {
    const last = groups.at(-1)
    if (last?.[0] && place.y - last[0].y <= SAME) last.push(place)
    else groups.push([place])
  }
  return groups
}
