import { zip } from './zip.ts'

/** The entries of an EPUB with these chapters, XHTML bodies; `parts` go into it or in the place of others. */
export function bookParts(chapters: string[], parts: Record<string, string> = {}): Record<string, string> {
  const items = chapters.map((_, i) => `<item id="c${i}" href="text/chapter%20${i}.xhtml" media-type="application/xhtml+xml"/>`)
  return {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    'OEBPS/content.opf': packageFile('<dc:title>A book</dc:title>', items.join(''), chapters.map((_, i) => `<itemref idref="c${i}"/>`).join('')),
    ...Object.fromEntries(chapters.map((body, i) => [`OEBPS/text/chapter ${i}.xhtml`, xhtml(body)])),
    ...parts,
  }
}

export function packageFile(metadata: string, items: string, spine: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">${metadata}</metadata><manifest>${items}</manifest><spine>${spine}</spine></package>`
}

export function xhtml(body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/><link rel="stylesheet" href="../style.css"/></head><body>${body}</body></html>`
}

export function book(chapters: string[], parts: Record<string, string> = {}): Buffer {
  return zip(bookParts(chapters, parts))
}
