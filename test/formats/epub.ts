import { book } from '../book.ts'
import { escaped } from '../word.ts'
import type { Written } from '../written.ts'

export const written: Written = {
  // The first paragraph is a chapter of its own.
  write: async (paragraphs) => {
    const [first, ...more] = paragraphs.map((text) => `<p><a id="p"/>${escaped(text)}</p>`)
    return book([first ?? '', more.join('\n')])
  },
  isText: false,
  pieces: ['PK\x03\x04', 'PK\x01\x02', 'META-INF/container.xml'],
}
