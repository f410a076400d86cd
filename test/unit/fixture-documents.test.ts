import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'
import type { Loaded } from '../../index/types.ts'
import { load } from '../load.ts'

/** What a document of test/documents/ holds, as those who made it know: NAME.EXT.json beside NAME.EXT. */
interface Expected {
  producer: string
  /** In reading order, each with the page on which it begins; null where there are no pages. */
  paragraphs: { text: string; page: number | null }[]
  /** What no reader takes for the text: headers, footers, page numbers, navigation. */
  absent: string[]
}

const FOLDER = join(packageRoot(), 'test', 'documents')
const names = readdirSync(FOLDER).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []))

it.each(names)('%s: every paragraph is read whole, in order and on its page, and nothing around the text is', async (name) => {
  const expected = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Expected
  const loaded = await load(extname(name), readFileSync(join(FOLDER, name)))
  const { found, lost } = placesOf(expected.paragraphs, loaded)
  expect(lost).toEqual([])
  expect(found.filter(({ page, at }) => page !== null && page !== pageOf(at, loaded))).toEqual([])
  const text = folded(loaded.text)
  expect(expected.absent.filter((words) => text.includes(folded(words)))).toEqual([])
})

/** Where each paragraph stands within one of the text's, one after the other; those that stand in none are lost. */
function placesOf(paragraphs: Expected['paragraphs'], { text }: Loaded) {
  const read = Array.from(text.matchAll(/[^\n](?:.|\n(?!\s*\n))*/g), (match) => ({ text: folded(match[0]), at: match.index }))
  const found: { page: number | null; at: number; text: string }[] = []
  const lost: string[] = []
  let [index, from] = [0, 0]
  for (const paragraph of paragraphs) {
    const words = folded(paragraph.text)
    const next = read.findIndex(({ text }, i) => i >= index && text.includes(words, i === index ? from : 0))
    const place = read[next]
    if (!place) {
      lost.push(paragraph.text)
      continue
    }
    const within = place.text.indexOf(words, next === index ? from : 0)
    ;[index, from] = [next, within + words.length]
    found.push({ page: paragraph.page, at: place.at + within, text: paragraph.text })
  }
  return { found, lost }
}

/** The page of an offset: the last that begins at it or before. */
function pageOf(at: number, { pages = [] }: Loaded): number {
  return pages.findLastIndex((begin) => begin <= at) + 1
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
