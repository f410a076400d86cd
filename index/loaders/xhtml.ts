/** Elements that never have an end tag in HTML either. */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i
const EMPTY = /<([a-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/>/gi

/** XHTML as HTML: in HTML `<title/>` would begin a title, and the rest of the document would be in it. */
export function withEndTags(xhtml: string): string {
  return xhtml.replace(EMPTY, (tag, name: string, attributes: string) => (VOID.test(name) ? tag : `<${name}${attributes}></${name}>`))
}
