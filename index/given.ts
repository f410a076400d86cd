import { contentOf, type Listing, type Readable } from './documents.ts'
import { sha256OfText } from './sha256.ts'
import type { Loaded } from './types.ts'

/** A document that is handed over instead of being read from a file. */
export interface GivenDocument extends Pick<Loaded, 'text' | 'mediaType' | 'facts' | 'pages'> {
  /** What its source is called: its `path`, and its id is made of it. Of several with one name the later ones are told apart by a number. */
  name: string
}

/** Raised whenever the same given document would give another text, other facts or other places in it. */
const LOADER = 'given.1'

/** Given documents as the build reads files; none is called like one of the files. */
export function readablesOf(documents: GivenDocument[], files: Listing[]): Readable[] {
  const taken = new Set(files.map(({ found }) => found.path))
  const counts = new Map<string, number>()
  return documents.map((document) => {
    let path = document.name
    while (taken.has(path)) {
      const count = (counts.get(document.name) ?? 1) + 1
      counts.set(document.name, count)
      path = `${document.name}#${count}`
    }
    taken.add(path)
    return readableOf(document, path)
  })
}

function readableOf({ text: given, mediaType, facts, pages }: GivenDocument, path: string): Readable {
  // Half of a character has no UTF-8, which is what is stored.
  const text = given.replace(/\p{Cs}/gu, '\ufffd')
  const bytes = Buffer.byteLength(text)
  const sha256 = sha256OfText(JSON.stringify([text, mediaType, facts, pages]))
  const loaded: Loaded = { text, mediaType, facts, ...(pages && { pages }) }
  return {
    // There is no file: whoever asks for the original is told that it is gone.
    found: { path, inFolder: path, folder: '', file: '', real: '', bytes, modified: null, stamp: sha256 },
    said: {},
    loader: LOADER,
    content: contentOf(sha256, LOADER),
    given: { loaded, original: { file: '', bytes, sha256 }, origin: { loader: LOADER, facts } },
  }
}
