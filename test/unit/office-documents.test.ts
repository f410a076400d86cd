import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'
import { load } from '../load.ts'

/** What bench/office-documents.ts says of a file that it wrote. */
interface Expected {
  producer: string
  paragraphs: { text: string }[]
  absent: string[]
}

const FOLDER = join(packageRoot(), 'test', 'documents')
const NAMES = readdirSync(FOLDER).filter((name) => /\.(?:docx|html|epub)$/.test(name))

describe.each(NAMES)('%s', (name) => {
  const expected = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Expected

  it(`is read whole and in order, with nothing around it (${expected.producer})`, async () => {
    const { text } = await load(extname(name), readFileSync(join(FOLDER, name)))
    const lines = text.split('\n')
    const found = expected.paragraphs.map((paragraph) => lines.indexOf(paragraph.text))
    expect(expected.paragraphs.filter((_, i) => found[i] === -1)).toEqual([])
    expect(found).toEqual([...found].sort((a, b) => a - b))
    expect(expected.absent.filter((words) => text.includes(words))).toEqual([])
  })
})
