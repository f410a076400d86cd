import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { signatureOf } from './copies.ts'
import { type OnRecordError, SkipFile } from './errors.ts'
import { joinFacts } from './facts.ts'
import type { Original } from './generation.ts'
import type { PreparedSource } from './generation-writer.ts'
import { languageOf } from './language.ts'
import { FORMATS, formatOf } from './loaders/registry.ts'
import { passagesOf } from './passages.ts'
import { sha256OfBytes, sha256OfText } from './sha256.ts'
import { type FactsByPath, readSidecar, SIDECAR } from './sidecar.ts'
import { statementsOf } from './statements/extract.ts'
import type { Loaded, Skipped } from './types.ts'
import { type Found, walk } from './walk.ts'

/** Bytes of a file, at most. */
const MAX_FILE_BYTES = 20_000_000

export interface Listed {
  files: Listing[]
  skipped: Skipped[]
}

/** A file, and what sources.yaml of its folder says of it. */
export interface Listing {
  found: Found
  sidecar: FactsByPath
}

/** The files of folders, and what of them cannot be indexed. Throws FOLDER_MISSING. */
export async function list(folders: string[]): Promise<Listed> {
  const files: Listing[] = []
  const skipped: Skipped[] = []
  const names = new Map<string, number>()
  for (const folder of new Set(folders.map((f) => resolve(f)))) {
    // Two folders of the same name are told apart, or their documents would have the same ids.
    const count = (names.get(basename(folder)) ?? 0) + 1
    names.set(basename(folder), count)
    const name = count === 1 ? basename(folder) : `${basename(folder)}-${count}`
    const entries = await walk(folder, name)
    const sidecar = await readSidecar(folder).catch((error: OnRecordError): FactsByPath => {
      skipped.push({ path: `${name}/${SIDECAR}`, code: error.code, remedy: error.message })
      return () => ({})
    })
    for (const entry of entries) {
      if ('skipped' in entry) skipped.push(entry.skipped)
      else files.push({ found: entry.found, sidecar })
    }
  }
  return { files, skipped }
}

/** Loads the documents of one file, joins their facts and splits their texts. Throws what `reasonOf` turns into a line of the report. */
export async function prepare({ found, sidecar }: Listing, options: Parameters<typeof passagesOf>[1]): Promise<PreparedSource[]> {
  const { documents, original } = await load(found)
  const prepared = documents.flatMap((loaded) => {
    const { text, mediaType, part, pages, moments } = loaded
    const passages = passagesOf(text, options)
    if (passages.length === 0) return []
    const path = part === undefined ? found.path : `${found.path}#${part}`
    const facts = joinFacts({ sidecar: sidecar(found.inFolder), metadata: loaded.facts, text, path: found.path, modified: found.modified })
    const source = { id: sha256OfText(path).slice(0, 16), path, ...facts, mediaType, sha256: sha256OfText(text) }
    const read = { language: languageOf(text), signature: signatureOf(text), statements: statementsOf(text, source, loaded.turns) }
    return { source, text, ...read, passages, original, pages, moments }
  })
  if (prepared.length === 0) throw new SkipFile('EMPTY', 'There is no text in it; remove it or put some in.')
  return prepared
}

async function load(found: Found): Promise<{ documents: Loaded[]; original: Original }> {
  const format = formatOf(found.path)
  if (!format) throw new SkipFile('UNSUPPORTED', `Only ${FORMATS.flatMap((f) => f.extensions).join(', ')} are read; convert it or remove it.`)
  if (found.bytes > MAX_FILE_BYTES)
    throw new SkipFile('TOO_LARGE', `It has ${(found.bytes / 1e6).toFixed(0)} MB and the limit is ${MAX_FILE_BYTES / 1e6} MB; split it.`)
  const bytes = await readFile(found.file)
  const original = { file: found.real, bytes: bytes.length, sha256: sha256OfBytes(bytes) }
  return { documents: await (await format.open())(bytes), original }
}

/** Why a file is not indexed. */
export function reasonOf(error: unknown): Omit<Skipped, 'path'> {
  if (error instanceof SkipFile) return { code: error.code, remedy: error.remedy }
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return { code: 'GONE', remedy: 'It went away while indexing; index again if that was not meant.' }
  if (code === 'EACCES' || code === 'EPERM') return { code: 'NO_PERMISSION', remedy: 'It may not be read; change its permissions.' }
  return { code: 'UNREADABLE', remedy: `It could not be read (${error instanceof Error ? error.message : String(error)}); check the file.` }
}
