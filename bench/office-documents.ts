import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../index/package-root.ts'
import { books } from './office-documents/books.ts'
import { pages } from './office-documents/pages.ts'
import { words } from './office-documents/word.ts'

// Writes the Word documents, books and web pages of test/documents/, each with what must be read from it. The same each time.
const folder = join(packageRoot(), 'test', 'documents')
await mkdir(folder, { recursive: true })
for (const { name, producer, bytes, paragraphs, absent } of [...pages, ...(await words()), ...books]) {
  await writeFile(join(folder, name), bytes)
  const expected = { producer, paragraphs: paragraphs.map((text) => ({ text, page: null })), absent }
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(expected, null, 2)}\n`)
}
