import type { LoadOptions } from '../index/loaders/loader.ts'
import { formatOf } from '../index/loaders/registry.ts'
import type { Loaded } from '../index/types.ts'

/** The documents that the loader of an extension reads. */
export async function loadAll(extension: string, bytes: Uint8Array | string, options?: LoadOptions): Promise<Loaded[]> {
  const format = formatOf(`a${extension}`)
  if (!format) throw new Error(`no loader reads ${extension}`)
  return (await format.open())(Buffer.from(bytes as string), options)
}

/** The one document that the loader of an extension reads. */
export async function load(extension: string, bytes: Uint8Array | string): Promise<Loaded> {
  const [first, ...more] = await loadAll(extension, bytes)
  if (!first || more.length > 0) throw new Error(`${more.length + (first ? 1 : 0)} documents, not one`)
  return first
}
