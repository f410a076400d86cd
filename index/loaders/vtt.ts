import { decodeText } from '../decode.ts'
import { factsOf } from '../facts.ts'
import type { Facts } from '../types.ts'
import { textOfCues } from './captions.ts'
import { cuesOf } from './cues.ts'
import type { Load } from './loader.ts'

/** WebVTT captions: what is said, with its times and speakers; a title and the language where its header has them. */
export const vtt: Load = (bytes) => {
  const document = decodeText(bytes)
  return [{ ...textOfCues(cuesOf(document, 'vtt')), mediaType: 'text/vtt', facts: headerFacts(document) }]
}

function headerFacts(document: string): Partial<Facts> {
  const [first = '', ...lines] = (document.slice(0, 2000).split(/(?:\r\n?|\n){2}/)[0] ?? '').split(/\r\n?|\n/)
  const title = /^WEBVTT[ \t]+[-–—]?[ \t]*(.+)$/.exec(first)?.[1]
  const entries = lines.flatMap((line) => {
    const entry = /^(title|language)[ \t]*:[ \t]*(.+)$/i.exec(line)
    return entry ? [[(entry[1] as string).toLowerCase(), entry[2]]] : []
  })
  return factsOf({ ...(title && !/^file$/i.test(title) && { title }), ...Object.fromEntries(entries) })
}
