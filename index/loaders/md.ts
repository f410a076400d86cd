import { micromark } from 'micromark'
import { gfmStrikethrough, gfmStrikethroughHtml } from 'micromark-extension-gfm-strikethrough'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import { decodeText } from '../decode.ts'
import { frontMatter } from './front-matter.ts'
import { textOfHtml, unlessTooDeep } from './html-text.ts'
import type { Load } from './loader.ts'
import { partsOf } from './markdown-parts.ts'

/**
 * Markdown (CommonMark with GitHub's tables): front matter gives the facts, the rest is rendered and read as HTML,
 * so that the text is what a reader sees. Markup inside it is read by the same rules as any HTML.
 */
export const md: Load = (bytes) => {
  const { facts, body } = frontMatter(decodeText(bytes))
  const html = unlessTooDeep(() => partsOf(body).map(rendered))
  const { text, heading } = textOfHtml(html.join('\n'))
  return [{ text, mediaType: 'text/markdown', facts: heading === null ? facts : { title: heading, ...facts } }]
}

function rendered(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfmTable(), gfmStrikethrough()],
    htmlExtensions: [gfmTableHtml(), gfmStrikethroughHtml()],
  })
}
