import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'
import packageJson from '../../package.json' with { type: 'json' }

/** What runs after an installation without development dependencies. */
const PRODUCT = ['bin', 'index', 'fetching', 'answer', 'library', 'server', 'eval', 'cli']

const files = PRODUCT.flatMap((folder) => readdirSync(join(packageRoot(), folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
const imported = new Set(files.filter((file) => /\.m?[jt]s$/.test(file)).flatMap(packagesOf))

/** The packages that a file imports something from. */
function packagesOf(file: string): string[] {
  const code = readFileSync(join(packageRoot(), file), 'utf8')
  const specifiers = code.matchAll(/(?:^|[\s;])(?:import|from)\s*\(?\s*'((?:@[\w-]+\/)?\w[\w.-]*)(?:\/[^']*)?'/gm)
  return Array.from(specifiers, ([, name]) => name as string)
}

it('is installed with every package that it imports, but for those of a record in PostgreSQL', () => {
  const installed = Object.keys({ ...packageJson.dependencies, ...packageJson.optionalDependencies })
  const left = [...imported].filter((name) => !installed.includes(name))
  expect(left.sort()).toEqual(Object.keys(packageJson.peerDependencies).sort())
  expect(Object.keys(packageJson.peerDependenciesMeta).sort()).toEqual(left)
  const needing = files.filter((file) => /\.m?[jt]s$/.test(file) && packagesOf(file).some((name) => left.includes(name)))
  expect(needing.filter((file) => !file.startsWith(join('index', 'postgres')))).toEqual([])
  expect([...imported]).toEqual(expect.arrayContaining(['@xenova/transformers', 'cli-progress', 'hnswlib-node', 'micromark-extension-gfm-table']))
})
