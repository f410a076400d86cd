import type { Line } from './lines.ts'

/** The widths of letters in sizes of their font. */
export type Widths = (text: string, font: string) => number

type Fonts = Map<string, Map<string, number>>

/** Lines that are learned from, and how often they are gone through. */
const LINES = 200
const PASSES = 10
/** Of a size, what most letters have, before anything is known. */
const USUAL = 0.55

/** The widths of letters, as the lines tell that they make: pdf.js says how wide a run is, and not where in it a word begins. */
export function widthsOf(lines: Line[]): Widths {
  let fonts: Fonts | undefined
  return (text, font) => {
    fonts ??= learned(lines)
    let width = 0
    for (const letter of text) width += fonts.get(font)?.get(letter) ?? usual(letter)
    return width
  }
}

function learned(lines: Line[]): Fonts {
  const fonts: Fonts = new Map()
  const known = lines.slice(0, LINES).map(({ text, left, right, size, font }) => ({ counts: countsOf(text), width: (right - left) / size, font }))
  for (let pass = 0; pass < PASSES; pass++) {
    for (const { counts, width, font } of known) {
      const widths = fonts.get(font) ?? new Map<string, number>()
      fonts.set(font, widths)
      let [rest, square] = [width, 0]
      for (const [letter, count] of counts) {
        rest -= count * (widths.get(letter) ?? usual(letter))
        square += count * count
      }
      for (const [letter, count] of counts) widths.set(letter, (widths.get(letter) ?? usual(letter)) + (rest * count) / square)
    }
  }
  return fonts
}

function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return counts
}

function usual(letter: string): number {
  if (/[\siljtfrI.,:;'’|!()]/.test(letter)) return 0.6 * USUAL
  if (/[mwMW@%—]/.test(letter)) return 1.5 * USUAL
  return /\p{Lu}/u.test(letter) ? 1.2 * USUAL : USUAL
}
