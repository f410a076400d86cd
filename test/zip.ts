import { constants, crc32, deflateRawSync } from 'node:zlib'

/** How one entry of an archive differs from what it should be. */
export interface Oddities {
  /** The unpacked size that the archive declares. */
  declared?: number
  encrypted?: boolean
  /** What stands in the archive instead of the content, compressed. */
  deflated?: Buffer
}

/** A megabyte of spaces as often as one says, compressed: about a kilobyte for each. */
export function megabytes(count: number): Buffer {
  const one = deflateRawSync(Buffer.alloc(1_000_000, ' '), { finishFlush: constants.Z_FULL_FLUSH })
  return Buffer.concat([...Array<Buffer>(count).fill(one), deflateRawSync('')])
}

/** A ZIP archive of files by their names, in order; the same for the same. */
export function zip(files: Record<string, string | Uint8Array>, odd: Record<string, Oddities> = {}): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content as string)
    // The first entry of an EPUB may not be compressed.
    const stored = name === 'mimetype'
    const data = stored ? bytes : (odd[name]?.deflated ?? deflateRawSync(bytes))
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(odd[name]?.encrypted ? 0x801 : 0x800, 2)
    fields.writeUInt16LE(stored ? 0 : 8, 4)
    fields.writeUInt16LE(0x5a21, 8)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(data.length, 14)
    fields.writeUInt32LE(odd[name]?.declared ?? bytes.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), data])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, rest, Buffer.from(name)]))
    bodies.push(local)
    at += local.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, index, end])
}
