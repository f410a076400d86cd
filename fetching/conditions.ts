/** What a server said of the page that is already here. */
export interface Validators {
  etag: string | null
  lastModified: string | null
}

/** The headers that ask for a page only when it has changed. A server said once what they hold, and a file has kept it since: only what is of the right form is said again. */
export function conditionsOf({ etag, lastModified }: Validators = { etag: null, lastModified: null }): Record<string, string> {
  return {
    ...(etag !== null && /^(?:W\/)?"[\x21\x23-\x7e]{0,300}"$/.test(etag) && { 'if-none-match': etag }),
    ...(lastModified !== null && /^[\w ,:+-]{1,60}$/.test(lastModified) && { 'if-modified-since': lastModified }),
  }
}
