import { LexicalIndex } from '../index/lexical.ts'
import { LexicalWriter } from '../index/lexical-writer.ts'

/** A lexical index of passages, each a text and a title, as it is read from its file. */
export function lexicalOf(passages: [text: string, title: string][]): LexicalIndex {
  const writer = LexicalWriter.for()
  passages.forEach(([text, title], passage) => {
    writer.add(passage, text, title)
  })
  return LexicalIndex.from(bytesOf(writer))
}

export function bytesOf(writer: LexicalWriter): Uint8Array {
  return (writer.finish()[0] as { bytes: Uint8Array }).bytes
}
