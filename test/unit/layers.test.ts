import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'

/** The folders that each folder imports from, beside itself. */
const BEFORE: Record<string, string[]> = {
  index: [],
  // So that indexing can never reach the network.
  fetching: ['index'],
  answer: ['index'],
  library: ['index', 'answer'],
  server: ['index', 'answer'],
  eval: ['index', 'answer'],
  cli: ['index', 'fetching', 'answer', 'server', 'eval'],
}
const LAYERS = Object.keys(BEFORE)

interface Import {
  from: string
  to: string
  typesOnly: boolean
}

/** The source files below a folder of the package, by their paths in it. */
function sources(folder: string): string[] {
  return readdirSync(join(packageRoot(), folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|tsx|mts|mjs|js)$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
}

const read = (file: string) => readFileSync(join(packageRoot(), file), 'utf8')

/** Code without comments, so that what they name is no import. */
const code = (file: string) => read(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

const STATEMENT = /(?:^|[\n;])\s*(?:import|export)\s+(type\s)?(?:([\w*{][^'"]*?)\s+from\s+)?['"](\.[^'"]+)['"]/g
const CALL = /(?:\bimport\(|\bnew URL\()\s*['"](\.[^'"]+)['"]/g

/** The imports of a file that lead to another file of the package. */
function importsOf(from: string): Import[] {
  const text = code(from)
  const to = (specifier: string) => relative(packageRoot(), join(packageRoot(), dirname(from), specifier)).replaceAll('\\', '/')
  return [
    ...Array.from(text.matchAll(STATEMENT), ([, type, names, specifier]) => ({
      from,
      to: to(specifier as string),
      typesOnly: type !== undefined || (names !== undefined && /^\{\s*(?:type \w+(?: as \w+)?,?\s*)+\}$/.test(names.trim())),
    })),
    ...Array.from(text.matchAll(CALL), ([, specifier]) => ({ from, to: to(specifier as string), typesOnly: false })),
  ]
}

const folderOf = (file: string) => file.split('/')[0] as string

it('finds imports of every form', () => {
  const forms = importsOf('index/embedders/transformers.ts').map((i) => i.to)
  expect(forms).toEqual(expect.arrayContaining(['index/model.ts', 'index/embedders/embedder.ts', 'index/embedders/transformers.worker.mjs']))
  expect(importsOf('index/stores/registry.ts').map((i) => i.to)).toContain('index/stores/hnsw.ts')
  expect(importsOf('answer/ask.ts').filter((i) => i.typesOnly && folderOf(i.to) === 'index')).not.toEqual([])
  expect(sources('client').flatMap(importsOf).length).toBeGreaterThan(0)
})

describe.each(LAYERS)('%s', (layer) => {
  it('imports only from itself and the folders it stands on', () => {
    const allowed = [layer, ...(BEFORE[layer] as string[])]
    const wrong = sources(layer)
      .flatMap(importsOf)
      .filter((i) => !allowed.includes(folderOf(i.to)) && i.to !== 'package.json')
    expect(wrong).toEqual([])
  })
})

it('client imports from outside itself only the types of server/contract.ts', () => {
  const outside = sources('client')
    .flatMap(importsOf)
    .filter((i) => folderOf(i.to) !== 'client')
  expect(outside.filter((i) => i.to !== 'server/contract.ts' || !i.typesOnly)).toEqual([])
  expect(outside).not.toEqual([])
})

it('only cli and server/config.ts read the environment', () => {
  const readers = [...LAYERS, 'client']
    .flatMap(sources)
    .filter((file) => /\bprocess\s*\.\s*env\b|\benv\b[^'"\n]*from ['"](?:node:)?process['"]/.test(code(file)))
  expect(readers.filter((file) => folderOf(file) !== 'cli' && file !== 'server/config.ts')).toEqual([])
  expect(readers).not.toEqual([])
})

it('no file only passes on what others export', () => {
  const barrels = [...LAYERS, 'client'].flatMap(sources).filter((file) => {
    const lines = code(file)
      .split('\n')
      .filter((line) => line.trim() !== '')
    return lines.length > 0 && lines.every((line) => /^export .* from /.test(line))
  })
  expect(barrels).toEqual([])
})
