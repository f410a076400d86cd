import { decodeText } from '../decode.ts'

/** Bytes in which browsers look for what a page says of its encoding. */
const HEAD = 1024
const XML = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)/i
const META = /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i

/**
 * The characters of an HTML page: what it says of its encoding goes before detection. Bytes that are valid UTF-8 are UTF-8 whatever it
 * says: pages that were saved anew often keep the old declaration.
 */
export function decodeHtml(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, HEAD))
    .toString('latin1')
    .replace(/<!--[\s\S]*?-->/g, '')
  const declared = (XML.exec(head) ?? META.exec(head))?.[1] ?? null
  // What could be read as ASCII to find it cannot be in UTF-16.
  return decodeText(bytes, declared !== null && /^utf-?16/i.test(declared) ? null : declared)
}
