/**
 * Every address is built from the document's base: the page may stand under a sub-path, and /source/:id is one level deeper.
 */

/** An address of ours. `path` has no leading slash. */
export function ownUrl(path: string, base: string = document.baseURI): string {
  return new URL(path, base).href
}

/** The source view at these words. */
export function sourceUrl(id: string, start: number | null = null, end: number | null = null): string {
  const url = new URL(`source/${encodeURIComponent(id)}`, document.baseURI)
  if (start !== null && end !== null) url.search = new URLSearchParams({ start: `${start}`, end: `${end}` }).toString()
  return url.href
}

/** The address when it is a web page's, else null: a document's metadata may hold `javascript:` or `data:`. */
export function webUrl(url: string | null): string | null {
  if (!url || !URL.canParse(url)) return null
  const { protocol, href } = new URL(url)
  return protocol === 'http:' || protocol === 'https:' ? href : null
}
