import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { decodeText } from '../decode.ts'
import { frontMatter } from './front-matter.ts'
import { textOfHtml } from './html-text.ts'
import type { Loader } from './loader.ts'

/**
 * Markdown (CommonMark with GitHub's tables): front matter gives the facts, the rest is rendered and read as HTML,
 * so that the text is what a reader sees. Markup inside it is read by the same rules as any HTML.
 */
export const md: Loader = {
  extensions: ['.md', '.markdown'],
  load(bytes) {
    const { facts, body } = frontMatter(decodeText(bytes))
    const html = micromark(body, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
    const { text, heading } = textOfHtml(html)
    return { text, mediaType: 'text/markdown', facts: heading === null ? facts : { title: heading, ...facts } }
  },
}
