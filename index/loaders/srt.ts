import { decodeText } from '../decode.ts'
import { textOfCues } from './captions.ts'
import { cuesOf } from './cues.ts'
import type { Load } from './loader.ts'

/** SubRip subtitles: what is said, with its times and speakers. */
export const srt: Load = (bytes) => [{ ...textOfCues(cuesOf(decodeText(bytes), 'srt')), mediaType: 'application/x-subrip', facts: {} }]
