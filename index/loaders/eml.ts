import PostalMime, { type Address, type Email } from 'postal-mime'
import { parseDate } from '../dates.ts'
import { mended } from '../decode.ts'
import { SkipFile } from '../errors.ts'
import { factsOf } from '../facts.ts'
import { textOfHtml } from './html-text.ts'
import type { Load } from './loader.ts'

/** Of all the headers in a mail together, in bytes; of parts in parts; of mails in mails: more than any program writes. */
const BOUNDS = { maxHeadersSize: 500_000, maxNestingDepth: 50, maxRfc822NestingDepth: 5 }

/** Headers of which a mail has one at least. */
const USUAL = ['from', 'date', 'subject', 'message-id', 'received', 'mime-version']

/**
 * Mail: its body as it is read, plain where it is sent as plain text as well, with what it quotes and its signature, and with the mails that
 * are forwarded within it. Attachments are not read. Subject, sender and date are its facts.
 */
export const eml: Load = async (bytes) => {
  const mail = await parsed(bytes)
  if (!mail.headers.some(({ key }) => USUAL.includes(key))) {
    throw new SkipFile('NOT_MAIL', 'It has no headers of a mail (From, Date, Subject); save the mail again, or give the file its proper extension.')
  }
  const text = mail.text?.trim() ? mail.text.replace(/\r\n?/g, '\n') : textOfHtml(mail.html ?? '').text
  const date = mail.headers.find(({ key }) => key === 'date')?.value
  const facts = factsOf({ title: readable(mail.subject), author: readable(nameOf(mail.from)), date: parseDate(date) ?? mail.date })
  return [{ text: readable(text), mediaType: 'message/rfc822', facts }]
}

async function parsed(bytes: Uint8Array): Promise<Email> {
  if (bytes.includes(0)) throw new SkipFile('BINARY', 'The file is binary, not a mail; remove it or give it its proper extension.')
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  try {
    return await PostalMime.parse(bytes.subarray(marked ? 3 : 0), BOUNDS)
  } catch {
    throw new SkipFile('TOO_COMPLEX', 'Its headers or the parts within its parts are more than a mail has; save what it says as plain text.')
  }
}

function nameOf(from: Address | undefined): string {
  return from?.name || from?.address || from?.group?.[0]?.name || ''
}

function readable(text = ''): string {
  return mended(text).replace(/\p{Cs}/gu, '\ufffd')
}
