import { extname } from 'node:path'
import type { Format } from './loader.ts'

/** A loader's file is read when the first document of its format is: some of them are large. */
export const FORMATS: readonly Format[] = [
  { name: 'txt', version: 1, extensions: ['.txt', '.text'], open: async () => (await import('./txt.ts')).txt },
  { name: 'md', version: 3, extensions: ['.md', '.markdown'], open: async () => (await import('./md.ts')).md },
  { name: 'html', version: 3, extensions: ['.html', '.htm', '.xhtml'], open: async () => (await import('./html.ts')).html },
  { name: 'docx', version: 2, extensions: ['.docx'], open: async () => (await import('./docx.ts')).docx },
  { name: 'epub', version: 2, extensions: ['.epub'], open: async () => (await import('./epub.ts')).epub },
  { name: 'eml', version: 2, extensions: ['.eml'], open: async () => (await import('./eml.ts')).eml },
  { name: 'srt', version: 1, extensions: ['.srt'], open: async () => (await import('./srt.ts')).srt },
  { name: 'vtt', version: 1, extensions: ['.vtt'], open: async () => (await import('./vtt.ts')).vtt },
  { name: 'jsonl', version: 1, extensions: ['.jsonl', '.ndjson'], open: async () => (await import('./jsonl.ts')).jsonl },
  { name: 'pdf', version: 2, extensions: ['.pdf'], open: async () => (await import('./pdf.ts')).pdf },
]

/** The extensions that are read. */
export const EXTENSIONS: readonly string[] = FORMATS.flatMap(({ extensions }) => extensions)

const BY_EXTENSION = new Map(FORMATS.flatMap((format) => format.extensions.map((extension) => [extension, format])))

/** The format of a file by its extension, in any case; undefined when it is none that is read. */
export function formatOf(path: string): Format | undefined {
  return BY_EXTENSION.get(extname(path).toLowerCase())
}
