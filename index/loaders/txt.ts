import { decodeText } from '../decode.ts'
import type { Loader } from './loader.ts'

/** Plain text: the decoded file, character for character. */
export const txt: Loader = {
  extensions: ['.txt', '.text'],
  load: (bytes) => ({ text: decodeText(bytes), mediaType: 'text/plain', facts: {} }),
}
