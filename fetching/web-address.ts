import { NotFetched } from './not-fetched.ts'

/** Characters of an address, at most. */
const MAX_LENGTH = 2000

/** The address of a page, without its fragment; relative ones stand against a base. Throws NotFetched for what is not fetched. */
export function readWebAddress(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new NotFetched('NOT_AN_ADDRESS', 'It is not the address of a page; write it whole, as https://example.org/page.')
  const url = new URL(text, base)
  url.hash = ''
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new NotFetched('SCHEME', `Only http and https are fetched, not ${url.protocol}`)
  if (url.username !== '' || url.password !== '')
    throw new NotFetched('CREDENTIALS', 'There is a user or password in the address; leave it out. Pages that need one are not fetched.')
  if (!isPortOfPages(url.port)) throw new NotFetched('PORT', `Port ${url.port} is not one of pages; 80, 443 and those from 1024 are.`)
  if (url.href.length > MAX_LENGTH) throw new NotFetched('ADDRESS_TOO_LONG', `The address has more than ${MAX_LENGTH} characters; use a shorter one.`)
  return url
}

/** The form in which an address is known, so that none is fetched twice; what is no address stays as it is and fails by itself. */
export function knownForm(text: string): string {
  try {
    return readWebAddress(text).href
  } catch {
    return text
  }
}

/** Below 1024 stand mail, shells and name servers, which a request could be made to speak to. */
function isPortOfPages(port: string): boolean {
  return port === '' || port === '80' || port === '443' || Number(port) >= 1024
}
