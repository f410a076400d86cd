import { DISK } from './disk.ts'
import { CHUNK, sha256OfFile } from './sha256.ts'
import type { Found } from './walk.ts'

/**
 * The checksums of files, kept from one build of a process to the next: of a file that the file system says was not written to since, none is
 * taken again. The first build takes all.
 */
export class Digests {
  private readonly known = new Map<string, { stamp: string; sha256: string }>()

  /** Hexadecimal sha256. Throws what the file system says. */
  async of({ real, stamp, bytes }: Found): Promise<string> {
    const known = this.known.get(real)
    if (known?.stamp === stamp) return known.sha256
    const sha256 = await sha256OfFile(real, DISK, Math.min(CHUNK, bytes + 1))
    this.known.set(real, { stamp, sha256 })
    return sha256
  }
}
