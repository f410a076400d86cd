import { extname } from 'node:path'
import { FORMATS, formatOf } from '../index/loaders/registry.ts'
import { NotFetched } from './not-fetched.ts'

const EXTENSIONS: Record<string, string> = {
  'text/html': '.html',
  'application/xhtml+xml': '.xhtml',
  'text/plain': '.txt',
  'text/markdown': '.md',
  'text/x-markdown': '.md',
  'application/pdf': '.pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'application/epub+zip': '.epub',
  'message/rfc822': '.eml',
  'text/vtt': '.vtt',
  'application/x-subrip': '.srt',
  'text/srt': '.srt',
  'application/jsonl': '.jsonl',
  'application/x-ndjson': '.jsonl',
}

/** Types that servers give to files they do not know; then the address tells. */
const UNSPECIFIC = new Set(['', 'application/octet-stream', 'binary/octet-stream', 'application/download', 'application/x-download'])
/** Formats that servers call plain text. */
const PLAIN = new Set(['md', 'srt', 'vtt', 'jsonl'])

/** The extension, with its dot, under which a page is stored so that its loader reads it. Throws NotFetched when no loader does. */
export function extensionOf(contentType: string, url: URL): string {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase()
  const own = extname(url.pathname).toLowerCase()
  const known = Object.hasOwn(EXTENSIONS, type) ? EXTENSIONS[type] : undefined
  const byAddress = UNSPECIFIC.has(type) || (type === 'text/plain' && PLAIN.has(formatOf(`page${own}`)?.name ?? ''))
  const extension = byAddress ? own : known
  if (extension && formatOf(`page${extension}`)) return extension
  const readable = FORMATS.map((format) => format.name).join(', ')
  throw new NotFetched('UNSUPPORTED_TYPE', `It is ${type || 'of no type'}, which is not read (${readable} are); convert it and put it into the folder by hand.`)
}
