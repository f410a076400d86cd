import { basename, resolve } from 'node:path'
import { signatureOf } from './copies.ts'
import type { Digests } from './digests.ts'
import { type OnRecordError, SkipFile } from './errors.ts'
import { joinFacts } from './facts.ts'
import type { Generation } from './generation.ts'
import type { PreparedSource } from './generation-content.ts'
import { languageOf } from './language.ts'
import type { LoaderPool } from './loader-pool.ts'
import { type Format, LIMITS } from './loaders/loader.ts'
import { EXTENSIONS, formatOf } from './loaders/registry.ts'
import { sha256OfText } from './sha256.ts'
import { type FactsByPath, META, readMetas, readSidecar, type Said, SIDECAR } from './sidecar.ts'
import { statementsOf } from './statements/extract.ts'
import type { Origin, Original, StoredSource } from './stored-sources.ts'
import type { Loaded, Passage, Skipped } from './types.ts'
import { type Found, walk } from './walk.ts'

/** Bytes of a file, at most. */
const MAX_FILE_BYTES = 100_000_000

export interface Listed {
  files: Listing[]
  skipped: Skipped[]
}

/** A file, and what the sidecars of its folder say of it. */
export interface Listing {
  found: Found
  sidecar: FactsByPath
}

/** The files of folders, but for those of the index itself, and what of them cannot be indexed. Throws FOLDER_MISSING. */
export async function list(folders: string[], index?: string): Promise<Listed> {
  const files: Listing[] = []
  const skipped: Skipped[] = []
  const names = new Map<string, number>()
  for (const folder of new Set(folders.map((f) => resolve(f)))) {
    // Two folders of the same name are told apart, or their documents would have the same ids.
    const count = (names.get(basename(folder)) ?? 0) + 1
    names.set(basename(folder), count)
    const name = count === 1 ? basename(folder) : `${basename(folder)}-${count}`
    const entries = await walk(folder, name, index)
    const sidecar = await readSidecar(folder).catch((error: OnRecordError): FactsByPath => {
      skipped.push({ path: `${name}/${SIDECAR}`, code: error.code, remedy: error.message })
      return () => ({})
    })
    const said = await readMetas(
      entries.flatMap((entry) => ('found' in entry ? [entry.found] : [])),
      sidecar,
    )
    skipped.push(...said.skipped)
    for (const entry of entries) {
      if ('skipped' in entry) skipped.push(entry.skipped)
      else if (entry.found.inFolder !== SIDECAR && !entry.found.inFolder.endsWith(META)) files.push({ found: entry.found, sidecar: said.sidecar })
    }
  }
  return { files, skipped }
}

/** A file that can be read: its bytes, as they are now, and what reads them. */
export interface Readable {
  found: Found
  said: Said
  /** The loader, its version and its options. */
  loader: string
  /** Tells its bytes and its loader, which is all that the documents in it depend on, from all others. */
  content: string
  /** The document itself, where it was handed over and no file is to be read. */
  given?: LoadedDocument
}

/** Looks at a file before it is loaded. Throws what `reasonOf` turns into a line of the report. */
export async function readable({ found, sidecar }: Listing, digests: Digests): Promise<Readable> {
  const format = formatOf(found.path)
  if (!format) throw new SkipFile('UNSUPPORTED', `Only ${EXTENSIONS.join(', ')} are read; convert it or remove it.`)
  if (found.bytes > MAX_FILE_BYTES)
    throw new SkipFile('TOO_LARGE', `It has ${(found.bytes / 1e6).toFixed(0)} MB and the limit is ${MAX_FILE_BYTES / 1e6} MB; split it.`)
  const said = sidecar(found.inFolder)
  const loader = loaderOf(format, said.fields)
  return { found, said, loader, content: contentOf(await digests.of(found), loader) }
}

/** What is read of bytes of this sha256 by a loader, by a name. */
export function contentOf(sha256: string, loader: string): string {
  return `${sha256} ${loader}`
}

function loaderOf({ name, version }: Format, fields: Record<string, string> | undefined): string {
  return `${name}.${version}${fields ? ` ${JSON.stringify(fields)}` : ''}`
}

/** A document of a file, as its loader reads it or as it was read when an earlier generation was made. */
export interface LoadedDocument {
  loaded: Loaded
  original: Original
  origin: Omit<Origin, 'detected'>
}

/** Loads the documents of a file in another process. Throws what `reasonOf` turns into a line of the report. */
export async function load({ found, said, loader, content, given }: Readable, loaders: LoaderPool): Promise<LoadedDocument[]> {
  if (given && given.loaded.text.length > LIMITS.characters)
    throw new SkipFile('TOO_LARGE', `It has more than ${LIMITS.characters / 1e6} million characters; split it.`)
  if (given) return [given]
  const { documents, bytes, sha256 } = await loaders.load({ file: found.file, path: found.path, options: { fields: said.fields } }, content)
  const original = { file: found.real, bytes, sha256 }
  const skipped = documents.filter(({ skip }) => skip).map(({ part, skip }) => ({ part, skip }))
  const first = documents.find(({ skip }) => !skip)
  return documents.map((loaded) => {
    const { facts, part, turns } = loaded
    return { loaded, original, origin: { loader, facts, part, turns, ...(loaded === first && skipped.length > 0 && { skipped }) } }
  })
}

/** A document of an earlier generation whose text is the same. */
export interface Same {
  generation: Generation
  source: StoredSource
}

/**
 * Joins the facts of a document and splits its text; takes both the passages and the statements from an earlier one of the same text, where
 * they depend on nothing that has changed. Null when there is no text in it.
 */
export async function prepare(
  { found, said }: Readable,
  { loaded, original, origin }: LoadedDocument,
  withText: (sha256: string, path: string) => Same | null,
  split: (text: string) => Promise<Passage[]>,
): Promise<PreparedSource | null> {
  const { text, mediaType, part, pages, moments, turns } = loaded
  const path = pathOf(found, part)
  const sha256 = sha256OfText(text)
  const same = withText(sha256, path)
  const passages = same ? passagesIn(same) : await split(text)
  if (passages.length === 0) return null
  // A recording begins with what is said, not with headers.
  const facts = joinFacts({ sidecar: said, metadata: loaded.facts, text: moments ? '' : text, path: found.path, modified: found.modified })
  const source = { id: sha256OfText(path).slice(0, 16), path, ...facts, mediaType, sha256 }
  const earlier = same?.source
  const saysTheSame =
    earlier !== undefined &&
    earlier.title === source.title &&
    earlier.published === source.published &&
    earlier.publishedFrom === source.publishedFrom &&
    JSON.stringify(earlier.origin.turns) === JSON.stringify(turns)
  const statements = saysTheSame ? earlier.statements : statementsOf(text, source, turns)
  const detected = earlier ? earlier.origin.detected : languageOf(text)
  const language = said.language ?? loaded.facts.language ?? detected
  const signature = earlier ? earlier.signature : signatureOf(text)
  return {
    source: { ...source, language, signature, statements, original, origin: { ...origin, detected }, pages, moments },
    text,
    passages,
    before: earlier ?? null,
  }
}

/** The path of a document of a file. */
export function pathOf({ path }: Found, part: string | undefined): string {
  return part === undefined ? path : `${path}#${part}`
}

function passagesIn({ generation, source: { firstPassage, passages } }: Same) {
  return Array.from({ length: passages }, (_, i) => {
    const { start, end, sentences } = generation.passage(firstPassage + i)
    return { start, end, sentences }
  })
}

/** Why a file is not indexed. */
export function reasonOf(error: unknown): Omit<Skipped, 'path'> {
  if (error instanceof SkipFile) return { code: error.code, remedy: error.remedy }
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return { code: 'GONE', remedy: 'It went away while indexing; index again if that was not meant.' }
  if (code === 'EACCES' || code === 'EPERM') return { code: 'NO_PERMISSION', remedy: 'It may not be read; change its permissions.' }
  return { code: 'UNREADABLE', remedy: `It could not be read (${error instanceof Error ? error.message : String(error)}); check the file.` }
}
