import { extname } from 'node:path'
import { html } from './html.ts'
import type { Loader } from './loader.ts'
import { md } from './md.ts'
import { txt } from './txt.ts'

export const LOADERS: readonly Loader[] = [txt, md, html]

const BY_EXTENSION = new Map(LOADERS.flatMap((loader) => loader.extensions.map((extension) => [extension, loader])))

/** The loader of a file by its extension, in any case; undefined when no loader reads it. */
export function loaderFor(path: string): Loader | undefined {
  return BY_EXTENSION.get(extname(path).toLowerCase())
}
