/** Why a page was not fetched, as a stable code, and what a person can do about it; the rest of the pages are fetched all the same. */
export class NotFetched extends Error {
  readonly code: string
  readonly remedy: string

  constructor(code: string, remedy: string) {
    super(remedy)
    this.name = 'NotFetched'
    this.code = code
    this.remedy = remedy
  }
}

const TIMED_OUT = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'])
const HOST_UNKNOWN = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'])
const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EPIPE', 'UND_ERR_SOCKET'])
const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ENAMETOOLONG'])
const CERTIFICATE = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

/** What went wrong while a page was fetched and kept, for a person. */
export function reasonOf(error: unknown): NotFetched {
  if (error instanceof NotFetched) return error
  const { code = '', name, message } = error as NodeJS.ErrnoException
  if (TIMED_OUT.has(code) || name === 'TimeoutError') return new NotFetched('TIMED_OUT', 'The server took too long; try again later.')
  if (HOST_UNKNOWN.has(code)) return new NotFetched('HOST_UNKNOWN', 'There is no such host, or no network; check the address.')
  if (UNREACHABLE.has(code)) return new NotFetched('UNREACHABLE', `No whole reply came (${code}); try again later.`)
  if (CERTIFICATE.test(code))
    return new NotFetched(
      'CERTIFICATE',
      `The server's certificate is not to be trusted (${code}); its owner has to mend it, or NODE_EXTRA_CA_CERTS to name an authority of your own.`,
    )
  if (UNWRITABLE.has(code)) return new NotFetched('UNWRITABLE', `It cannot be written to the folder (${code}); check its permissions and the disk's room.`)
  return new NotFetched('BAD_REPLY', `What the server sent cannot be read (${code || message}); open the page in a browser and save it by hand.`)
}

/** Why a server that answers with this status did not give a page. */
export function refusal(status: number): NotFetched {
  if (status === 404 || status === 410) return new NotFetched('GONE', `There is no such page (${status}); check the address.`)
  if (status === 401 || status === 403) return new NotFetched('FORBIDDEN', `The server does not give it to us (${status}); save it by hand if you may.`)
  if (status === 429 || status === 503) return new NotFetched('BUSY', `The server has no time for it (${status}); try again later.`)
  return new NotFetched('REFUSED', `The server answers ${status}; open the page in a browser to see why.`)
}
