import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isMap, parseDocument } from 'yaml'
import { z } from 'zod/v4'
import { OnRecordError } from './errors.ts'
import { factsOf } from './facts.ts'
import type { Facts } from './types.ts'

export const SIDECAR = 'sources.yaml'

const scalar = z.union([z.string(), z.number()])
const facts = { title: scalar.optional(), outlet: scalar.optional(), author: scalar.optional(), published: scalar.optional(), url: z.string().optional() }
const Sidecar = z.strictObject({
  /** The public address of every file; `{path}` stands for its path in the folder. */
  url: z.string().optional(),
  outlet: facts.outlet,
  author: facts.author,
  /** Addresses that `onrecord add` fetches into the folder. */
  urls: z.array(z.string()).optional(),
  files: z.record(z.string(), z.strictObject(facts)).optional(),
})

/** Gives the facts that a folder's sources.yaml holds about the file at a path in it. */
export type FactsByPath = (path: string) => Partial<Facts>

/** Reads a folder's sources.yaml; a folder without one gives no facts. Throws SIDECAR_INVALID when it is not of the documented form. */
export async function readSidecar(folder: string): Promise<FactsByPath> {
  const { url, outlet, author, files = {} } = await contentsOf(folder)
  return (path) => {
    const own = files[path] ?? {}
    const address = own.url ?? url?.replaceAll('{path}', path.split('/').map(encodeURIComponent).join('/'))
    return factsOf({ outlet, author, ...own, url: address })
  }
}

/** The addresses that a folder's sources.yaml lists. Throws SIDECAR_INVALID like `readSidecar`. */
export async function readUrls(folder: string): Promise<string[]> {
  return (await contentsOf(folder)).urls ?? []
}

async function contentsOf(folder: string): Promise<z.infer<typeof Sidecar>> {
  const file = join(folder, SIDECAR)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw invalid(file, error.message)
  })
  return text === null ? {} : parse(file, text)
}

function parse(file: string, text: string): z.infer<typeof Sidecar> {
  const document = parseDocument(text, { schema: 'core', logLevel: 'silent' })
  const fault = document.errors[0]?.message.split('\n')[0]
  if (fault) throw invalid(file, fault)
  if (document.contents === null) return {}
  if (!isMap(document.contents)) throw invalid(file, 'it is not a mapping.')
  const data = aliasFree(file, () => document.toJS({ maxAliasCount: 0 }) as unknown)
  const result = Sidecar.safeParse(data)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw invalid(file, `${issue?.path.join('.') || 'it'}: ${issue?.message}.`)
}

function aliasFree<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch {
    throw invalid(file, 'it has YAML aliases.')
  }
}

function invalid(file: string, why: string): OnRecordError {
  return new OnRecordError('SIDECAR_INVALID', `${file} cannot be read: ${why}`, 'See "Facts about your documents" in the README for its form.')
}
