import { join } from 'node:path'
import { z } from 'zod/v4'
import { SIGNATURES_VERSION } from './copies.ts'
import { DISK } from './disk.ts'
import { type FileFacts, readIfThere } from './durable.ts'
import { OnRecordError } from './errors.ts'
import { LEXICAL_VERSION } from './lexical-file.ts'
import { SPLITTER_VERSION } from './passages.ts'
import { sha256OfBytes, sha256OfFile, sha256OfText } from './sha256.ts'
import { STATEMENTS_VERSION } from './statements/version.ts'
import { STORED_NAMES } from './stores/registry.ts'
import { TERMS_VERSION } from './terms.ts'

/** Raised whenever the files of a generation change their form, or the same documents would give other passages, terms or signatures. */
export const FORMAT = `4.${SPLITTER_VERSION}.${TERMS_VERSION}.${STATEMENTS_VERSION}.${LEXICAL_VERSION}.${SIGNATURES_VERSION}`

export const MANIFEST = 'manifest.json'

const Manifest = z.strictObject({
  format: z.string(),
  generation: z.string(),
  created: z.string(),
  embedder: z.string(),
  dimensions: z.int().min(1),
  store: z.enum(STORED_NAMES),
  sources: z.int().min(0),
  /** Documents in each language; those whose language is undetermined are left out. */
  languages: z.record(z.string(), z.int().min(1)),
  passages: z.int().min(0),
  sentences: z.int().min(0),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: z.string() })),
})
export type Manifest = z.infer<typeof Manifest>

/** A manifest as its file holds it: with the sha256 of itself, so that a damaged one is known too. */
export function sealed(manifest: Manifest): string {
  return JSON.stringify({ ...manifest, sha256: sha256OfText(JSON.stringify(manifest)) }, null, 1)
}

/** What a file holds, read back from the disk. */
export async function factsOf(directory: string, name: string, disk = DISK): Promise<FileFacts> {
  const path = join(directory, name)
  return { name, bytes: (await disk.stat(path)).size, sha256: await sha256OfFile(path, disk) }
}

/**
 * Reads a generation's manifest and compares every file with it, before anything else reads one.
 * Throws INDEX_DAMAGED, or INDEX_OTHER_VERSION when another version of On Record made it.
 */
export async function checkedManifest(directory: string, disk = DISK): Promise<Manifest> {
  const text = await readIfThere(join(directory, MANIFEST), disk)
  if (text === null) throw damaged(join(directory, MANIFEST), 'is missing')
  const manifest = parse(text, directory)
  for (const { name, bytes, sha256 } of manifest.files) {
    const path = join(directory, name)
    if (/[\\/]/.test(name)) throw damaged(path, 'lies outside its generation')
    const found = await factsOf(directory, name, disk).catch((error: NodeJS.ErrnoException) => {
      throw damaged(path, error.code === 'ENOENT' ? 'is missing' : `cannot be read (${error.code ?? error.message})`, error)
    })
    if (found.bytes !== bytes) throw damaged(path, `has ${found.bytes} bytes, not ${bytes}`)
    if (found.sha256 !== sha256) throw damaged(path, 'has another checksum than when it was written')
  }
  return manifest
}

/** A file of a generation that was opened before, compared again. Throws INDEX_DAMAGED. */
export async function fileAsWritten(directory: string, name: string, { files }: Manifest, disk = DISK): Promise<Buffer> {
  const path = join(directory, name)
  const bytes = await disk.readFile(path)
  if (sha256OfBytes(bytes) !== files.find((file) => file.name === name)?.sha256) throw damaged(path, 'has another checksum than when it was written')
  return bytes
}

function parse(text: string, directory: string): Manifest {
  const path = join(directory, MANIFEST)
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw damaged(path, 'is not whole')
  }
  const { sha256, ...rest } = (data ?? {}) as Record<string, unknown>
  if (sha256 !== sha256OfText(JSON.stringify(rest))) throw damaged(path, 'has another checksum than when it was written')
  const format = rest.format
  if (typeof format === 'string' && format !== FORMAT) {
    throw new OnRecordError(
      'INDEX_OTHER_VERSION',
      `The index in ${directory} was made by another version of On Record (format ${format}, not ${FORMAT}).`,
      'Make it again: onrecord index FOLDER.',
    )
  }
  const result = Manifest.safeParse(rest)
  if (!result.success) throw damaged(path, 'is not a manifest')
  return result.data
}

/** Something of an index is not as it was written. */
export function damaged(path: string, why: string, cause?: unknown): OnRecordError {
  return new OnRecordError('INDEX_DAMAGED', `The index is damaged: ${path} ${why}.`, 'Make it again: onrecord index FOLDER.', { cause })
}
