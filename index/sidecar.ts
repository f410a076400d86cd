import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ignore from 'ignore'
import { isMap, parseDocument } from 'yaml'
import { z } from 'zod/v4'
import { OnRecordError } from './errors.ts'
import { factsOf } from './facts.ts'
import type { Facts, Skipped } from './types.ts'
import type { Found } from './walk.ts'

export const SIDECAR = 'sources.yaml'
/** How the name of a file with facts about one document ends: `report.pdf.meta.yaml` or `report.meta.yaml` beside `report.pdf`. */
export const META = '.meta.yaml'

/** Bytes of a file with facts about one document, at most. */
const MAX_META_BYTES = 100_000

const scalar = z.union([z.string(), z.number()])
const name = z.string().optional()
const facts = {
  title: scalar.optional(),
  outlet: scalar.optional(),
  author: scalar.optional(),
  published: scalar.optional(),
  url: z.string().optional(),
  language: z.string().optional(),
}
const Meta = z.strictObject(facts)
const Sidecar = z.strictObject({
  /** The public address of every file; `{path}` stands for its path in the folder. */
  url: z.string().optional(),
  outlet: facts.outlet,
  author: facts.author,
  language: facts.language,
  files: z.record(z.string(), Meta).optional(),
  /** How the fields of records are called, by the names of their files as .gitignore has them; the first that fits counts. */
  records: z
    .record(z.string(), z.strictObject({ text: name, title: name, published: name, author: name, outlet: name, url: name, language: name, id: name }))
    .optional(),
})

/** What sidecars say of a file: facts, and the names of the fields of its records. */
export type Said = Partial<Facts> & { fields?: Record<string, string> }

/** Gives what the sidecars of a folder hold about the file at a path in it. */
export type FactsByPath = (path: string) => Said

/** Reads a folder's sources.yaml; a folder without one gives no facts. Throws SIDECAR_INVALID when it is not of the documented form. */
export async function readSidecar(folder: string): Promise<FactsByPath> {
  const file = join(folder, SIDECAR)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw invalid(file, error.message)
  })
  if (text === null) return () => ({})
  const { url, outlet, author, language, files = {}, records = {} } = parse(Sidecar, file, text)
  const mappings = Object.entries(records).map(([pattern, fields]) => ({ fields, pattern: ignore({ ignorecase: false }).add(pattern) }))
  return (path) => {
    const own = files[path] ?? {}
    const address = own.url ?? url?.replaceAll('{path}', path.split('/').map(encodeURIComponent).join('/'))
    const fields = mappings.find(({ pattern }) => pattern.ignores(path))?.fields
    return { ...factsOf({ outlet, author, language, ...own, url: address }), ...(fields && { fields: fields as Record<string, string> }) }
  }
}

/** Reads the files with facts about one document among the files of a folder; what they say goes before its sources.yaml. */
export async function readMetas(files: Found[], sidecar: FactsByPath): Promise<{ sidecar: FactsByPath; skipped: Skipped[] }> {
  const metas = new Map<string, Partial<Facts>>()
  const skipped: Skipped[] = []
  for (const { path, inFolder, real, bytes } of files.filter(({ inFolder }) => inFolder.endsWith(META))) {
    try {
      if (bytes > MAX_META_BYTES) throw invalid(path, 'it is larger than 100 kB.')
      metas.set(inFolder.slice(0, -META.length), factsOf(parse(Meta, path, await readFile(real, 'utf8'))))
    } catch (error) {
      const { code, message } = error instanceof OnRecordError ? error : invalid(path, (error as Error).message)
      skipped.push({ path, code, remedy: message })
    }
  }
  return { skipped, sidecar: (path) => ({ ...sidecar(path), ...metas.get(path.replace(/\.[^./]+$/, '')), ...metas.get(path) }) }
}

function parse<T>(schema: z.ZodType<T>, file: string, text: string): T {
  const document = parseDocument(text, { schema: 'core', logLevel: 'silent' })
  const fault = document.errors[0]?.message.split('\n')[0]
  if (fault) throw invalid(file, fault)
  if (document.contents !== null && !isMap(document.contents)) throw invalid(file, 'it is not a mapping.')
  const data = aliasFree(file, () => document.toJS({ maxAliasCount: 0 }) as unknown)
  const result = schema.safeParse(data ?? {})
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
