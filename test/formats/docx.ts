import { paragraph, run, word } from '../word.ts'
import type { Written } from '../written.ts'

export const written: Written = {
  // Word divides a paragraph into runs wherever somebody stopped typing.
  write: async (paragraphs) => word(paragraphs.map((text) => paragraph(run(text.slice(0, 9), '<w:b/>') + run(text.slice(9)))).join('')),
  isText: false,
  pieces: ['PK\x03\x04', 'PK\x01\x02', 'word/document.xml'],
}
