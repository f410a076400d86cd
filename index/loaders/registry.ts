import { extname } from 'node:path'
import type { Format } from './loader.ts'

/** A loader's file is read when the first document of its format is: some of them are large. */
export const FORMATS: readonly Format[] = [
  { name: 'txt', version: 1, extensions: ['.txt', '.text'], open: async () => (await import('./txt.ts')).txt },
  { name: 'md', version: 1, extensions: ['.md', '.markdown'], open: async () => (await import('./md.ts')).md },
  { name: 'html', version: 1, extensions: ['.html', '.htm', '.xhtml'], open: async () => (await import('./html.ts')).html },
  { name: 'pdf', version: 1, extensions: ['.pdf'], open: async () => (await import('./pdf.ts')).pdf },
]

const BY_EXTENSION = new Map(FORMATS.flatMap((format) => format.extensions.map((extension) => [extension, format])))

/** The format of a file by its extension, in any case; undefined when it is none that is read. */
export function formatOf(path: string): Format | undefined {
  return BY_EXTENSION.get(extname(path).toLowerCase())
}
