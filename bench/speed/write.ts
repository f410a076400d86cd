import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../../index/package-root.ts'
import type { Figure } from './figure.ts'
import { speedPlot, stagesPlot } from './plots.ts'
import { asMarkdown, type Report } from './tell.ts'

const DOCS = join(packageRoot(), 'docs')
const PAGE = join(DOCS, 'performance.md')

/** What the bars of a part show. */
const SHOWN: Record<string, Figure['unit']> = { indexing: 'characters/s', asking: 'questions/s', growth: 'ms' }

/** Puts the table and the pictures of each part that was measured into docs/performance.md, between the part's two comments; the others stay. */
export async function write(report: Report): Promise<void> {
  let page = await readFile(PAGE, 'utf8')
  for (const part of report.parts) {
    const name = part.group.toLowerCase()
    const [begin, end] = [`<!-- figures of ${name} -->`, `<!-- end of ${name} -->`]
    const [from, to] = [page.indexOf(begin), page.indexOf(end)]
    if (from < 0 || to < from) throw new Error(`${PAGE} has no place for ${name}`)
    const images: string[] = []
    for (const [kind, svg] of [['speed', speedPlot(part, SHOWN[name] as Figure['unit'])] as const, ['stages', stagesPlot(part)] as const]) {
      if (!svg) continue
      await writeFile(join(DOCS, 'images', `${name}-${kind}.svg`), svg)
      images.push(`![${/<title>(.*?)<\/title>/.exec(svg)?.[1]}](images/${name}-${kind}.svg)`)
    }
    page = `${page.slice(0, from + begin.length)}\n\n${[asMarkdown(report, part), ...images].join('\n\n')}\n\n${page.slice(to)}`
  }
  await writeFile(PAGE, page)
}
