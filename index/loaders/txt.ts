import { decodeText } from '../decode.ts'
import type { Load } from './loader.ts'

/** Plain text: the decoded file, character for character. */
export const txt: Load = (bytes) => [{ text: decodeText(bytes), mediaType: 'text/plain', facts: {} }]
