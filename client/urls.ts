/** The address when it is a web page's, else null: a document's metadata may hold `javascript:` or `data:`. */
export function webUrl(url: string | null): string | null {
  if (!url || !URL.canParse(url)) return null
  const { protocol, href } = new URL(url)
  return protocol === 'http:' || protocol === 'https:' ? href : null
}
