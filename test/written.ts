/** How a test writes a document of a format, so that its loader gives the paragraphs back. */
export interface Written {
  /** A document with these paragraphs, as a person's program would write it. */
  write(paragraphs: string[]): string | Uint8Array | Promise<Uint8Array>
  /** Is a file of it text, so that it may have a byte order mark and any encoding? */
  isText: boolean
  /** What must be in the middle of bytes to reach the format's own rules, for documents made of chance. */
  pieces: string[]
}

export async function bytesOf(written: Written, paragraphs: string[]): Promise<Buffer> {
  return Buffer.from((await written.write(paragraphs)) as string)
}

export async function writtenOf(format: string): Promise<Written> {
  return ((await import(`./formats/${format}.ts`)) as { written: Written }).written
}
