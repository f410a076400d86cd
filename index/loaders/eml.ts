import PostalMime, { type Address, type Email } from 'postal-mime'
import { parseDate } from '../dates.ts'
import { mended } from '../decode.ts'
import { SkipFile } from '../errors.ts'
import { factsOf } from '../facts.ts'
import { textOfHtml } from './html-text.ts'
import type { Load } from './loader.ts'

/** Of all the headers in a mail together, in bytes; of parts in parts: more than any program writes. */
const BOUNDS = { maxHeadersSize: 500_000, maxNestingDepth: 50 }
/** Lines that may begin or end a part, at most: each is compared with all that are open (400,000 took 48 s). */
const MAX_PARTS = 10_000
/** Of mails in mails; what is deeper is not read. */
const MAX_DEPTH = 5

/** Headers of which a mail has one at least. */
const USUAL = ['from', 'date', 'subject', 'message-id', 'received', 'mime-version']

/**
 * Mail: its body as it is read, plain where it is sent as plain text as well, with what it quotes and its signature; after it, the mails
 * that are forwarded within it, each below who wrote it, when, and what about. Other attachments are not read. Subject, sender and date are
 * its facts.
 */
export const eml: Load = async (bytes) => {
  if (bytes.includes(0)) throw new SkipFile('BINARY', 'The file is binary, not a mail; remove it or give it its proper extension.')
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const mail = await parsed(bytes.subarray(marked ? 3 : 0))
  if (!mail.headers.some(({ key }) => USUAL.includes(key))) {
    throw new SkipFile('NOT_MAIL', 'It has no headers of a mail (From, Date, Subject); save the mail again, or give the file its proper extension.')
  }
  const facts = factsOf({ title: readable(mail.subject), author: nameOf(mail.from), date: parseDate(writtenDate(mail)) ?? mail.date })
  return [{ text: await textOf(mail, 0), mediaType: 'message/rfc822', facts }]
}

async function textOf(mail: Email, depth: number): Promise<string> {
  const text = readable(mail.text?.trim() ? mail.text.replace(/\r\n?/g, '\n') : textOfHtml(mail.html ?? '').text)
  const parts = [text]
  for (const { mimeType, content } of depth < MAX_DEPTH ? mail.attachments : []) {
    if (mimeType !== 'message/rfc822') continue
    const inner = await parsed(new Uint8Array(content as ArrayBuffer))
    const head = Object.entries({ From: nameOf(inner.from), Date: writtenDate(inner), Subject: readable(inner.subject) })
    const lines = head.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []))
    parts.push(lines.join('\n'), await textOf(inner, depth + 1))
  }
  return parts.length === 1 ? text : parts.map((part) => part.trim()).join('\n\n')
}

async function parsed(bytes: Uint8Array): Promise<Email> {
  if (boundaries(bytes) > MAX_PARTS) throw tooComplex()
  try {
    return await PostalMime.parse(bytes, { ...BOUNDS, rfc822Attachments: true, forceRfc822Attachments: true })
  } catch {
    throw tooComplex()
  }
}

function boundaries(bytes: Uint8Array): number {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let count = 0
  for (let at = lines.indexOf('\n--'); at >= 0 && count <= MAX_PARTS; at = lines.indexOf('\n--', at + 3)) count++
  return count
}

function tooComplex(): SkipFile {
  return new SkipFile('TOO_COMPLEX', 'Its headers or its parts are more than a mail has; save what it says as plain text.')
}

/** The date with the day as its sender wrote it, which a time zone does not move. */
function writtenDate(mail: Email): string | undefined {
  return mail.headers.find(({ key }) => key === 'date')?.value
}

function nameOf(from: Address | undefined): string {
  return readable(from?.name || from?.address || from?.group?.[0]?.name)
}

function readable(text = ''): string {
  return mended(text).replace(/\p{Cs}/gu, '\ufffd')
}
