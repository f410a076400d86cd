import { readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { Document, parseDocument } from 'yaml'
import { z } from 'zod/v4'
import { makeFolder, readIfThere, replaceFile } from '../index/durable.ts'
import { OnRecordError } from '../index/errors.ts'
import { mapping } from '../index/loaders/front-matter.ts'
import { formatOf } from '../index/loaders/registry.ts'
import { sha256OfBytes, sha256OfFile, sha256OfText } from '../index/sha256.ts'
import { META } from '../index/sidecar.ts'
import type { Validators } from './conditions.ts'
import type { Page } from './fetcher.ts'
import { extensionOf } from './media-types.ts'
import { NotFetched } from './not-fetched.ts'
import { knownForm } from './web-address.ts'

/** A page in a folder: the bytes as they came, and beside them NAME.meta.yaml, which says from where and when. */
export interface Snapshot {
  /** Of the page's file in the folder, with forward slashes. */
  path: string
  /** ISO 8601. */
  fetched: string
  sha256: string
  etag: string | null
  lastModified: string | null
}

/** What of a sidecar is read; its other keys are facts that belong to whoever wrote them. */
const Sidecar = z.object({
  url: z.string(),
  snapshot: z.object({ fetched: z.string(), sha256: z.string(), etag: z.string().nullable().default(null), lastModified: z.string().nullable().default(null) }),
})

/** The snapshots in a folder, by address. A sidecar without its page is none. */
export async function snapshotsIn(folder: string): Promise<Map<string, Snapshot>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return []
    throw new OnRecordError('FOLDER_MISSING', `${folder} is no folder that can be read (${cause.code}).`, 'Name a folder that holds documents.', { cause })
  })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.') || part === 'node_modules'))
  const there = new Set(paths)
  const found = new Map<string, Snapshot>()
  for (const meta of paths.filter((path) => path.endsWith(META))) {
    const path = meta.slice(0, -META.length)
    if (!there.has(path)) continue
    const { success, data } = Sidecar.safeParse(mapping(await readFile(join(folder, meta), 'utf8')))
    if (success) found.set(knownForm(data.url), { path, ...data.snapshot })
  }
  return found
}

/** What may be asked by; nothing when the file is no longer what was fetched, so that it comes again as a whole. */
export async function validatorsOf(folder: string, { path, sha256, etag, lastModified }: Snapshot): Promise<Validators | undefined> {
  return (await sha256OfFile(join(folder, path))) === sha256 ? { etag, lastModified } : undefined
}

/**
 * Stores a page in the place of its snapshot before, if there is one, and resolves to its path in the folder; each file is replaced whole.
 * The facts in its sidecar stay. Throws NotFetched when no loader reads what it is.
 */
export async function keep(folder: string, address: URL, page: Page, before?: Snapshot): Promise<string> {
  const extension = extensionOf(page.contentType, page.url)
  // Of another format than before it takes a name of its own: beside one that somebody else gave it there may be another document.
  const path = before && formatOf(before.path) === formatOf(`page${extension}`) ? before.path : pathOf(address, extension)
  const file = join(folder, path)
  const sidecar = await sidecarOf(join(folder, before?.path ?? path) + META)
  sidecar.set('url', address.href)
  const { etag, lastModified, contentType } = page
  const from = page.url.href === address.href ? null : page.url.href
  const facts = { fetched: new Date().toISOString(), sha256: sha256OfBytes(page.bytes), contentType, etag, lastModified, from }
  sidecar.set('snapshot', sidecar.createNode(Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null && value !== ''))))
  await makeFolder(dirname(file))
  // The page first: stopped between the two, the sha256 does not fit it, and the next run fetches it again.
  await replaceFile(file, page.bytes)
  await replaceFile(file + META, sidecar.toString())
  if (before && before.path !== path) for (const old of [before.path, before.path + META]) await rm(join(folder, old), { force: true })
  return path
}

/** HOST/words-of-the-path-HASH.html: a day in the path stays one that is read as the document's date. */
function pathOf({ host, pathname, href }: URL, extension: string): string {
  const folder = host.replace(/[^a-z0-9.-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '') || 'host'
  const words = decoded(pathname)
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '')
  return `${folder}/${[words, sha256OfText(href).slice(0, 8)].filter(Boolean).join('-')}${extension}`
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname).normalize()
  } catch {
    return pathname
  }
}

async function sidecarOf(file: string): Promise<Document> {
  const text = await readIfThere(file)
  if (text === null) {
    const sidecar = new Document({})
    sidecar.commentBefore = ' Written by onrecord add. Add title, outlet, author or published here: they stay when the page is fetched again.'
    return sidecar
  }
  if (mapping(text) === null) throw new NotFetched('SIDECAR_INVALID', `${file} cannot be read; mend it or remove it.`)
  return parseDocument(text, { schema: 'core', logLevel: 'silent' }) as unknown as Document
}
