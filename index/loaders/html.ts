import { parse } from 'parse5'
import { articleOf } from './html-article.ts'
import { decodeHtml } from './html-encoding.ts'
import { htmlFacts } from './html-facts.ts'
import { textOfPart, unlessTooDeep } from './html-text.ts'
import type { Load } from './loader.ts'
import { withEndTags } from './xhtml.ts'

/** HTML: the text of the article, without navigation, scripts and what is hidden; facts from the page's metadata. */
export const html: Load = (bytes) => {
  const source = decodeHtml(bytes)
  const document = parse(source.startsWith('<?xml') ? withEndTags(source) : source)
  return unlessTooDeep(() => {
    const { root, leftOut } = articleOf(document)
    const { text, heading } = textOfPart(root, leftOut)
    return [{ text, mediaType: 'text/html', facts: htmlFacts(document, root, heading) }]
  })
}
