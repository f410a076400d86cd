import { spawnSync } from 'node:child_process'
import { readdir, readFile, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'
import { removeNeverLoaded } from '../../scripts/never-loaded.mjs'
import { documents, temporaryFolder } from '../fixtures.ts'

const { platform, arch } = process
const OTHER = platform === 'win32' ? 'linux' : 'win32'
const NATIVE = `onnxruntime-node/bin/napi-v6/${platform}/${arch}`

const STAYS = [
  `${NATIVE}/onnxruntime_binding.node`,
  `${NATIVE}/libonnxruntime.so.1`,
  'hnswlib-node/build/Release/addon.node',
  'hnswlib-node/lib/index.js',
  'pdfjs-dist/legacy/build/pdf.mjs',
  'pdfjs-dist/legacy/build/pdf.worker.mjs',
  'pdfjs-dist/cmaps/UniGB-UTF16-H.bcmap',
  '@xenova/transformers/dist/transformers.node.mjs',
  'js-tiktoken/dist/lite.js',
  '@scope/tests/index.js',
  'plain/dist/docs/index.js',
  'plain/tests.js',
  'plain/LICENSE.md',
]
const GOES = [
  `onnxruntime-node/bin/napi-v6/${OTHER}/${arch}/onnxruntime_binding.node`,
  `onnxruntime-node/bin/napi-v6/${platform}/none/libonnxruntime.so.1`,
  `${NATIVE}/libonnxruntime_providers_cuda.so`,
  'hnswlib-node/src/addon.cc',
  'hnswlib-node/build/Release/obj.target/addon/src/addon.o',
  'pdfjs-dist/build/pdf.mjs',
  'pdfjs-dist/legacy/build/pdf.worker.min.mjs',
  '@xenova/transformers/src/env.js',
  '@xenova/transformers/dist/transformers.web.js',
  'js-tiktoken/dist/ranks/cl100k_base.js',
  'plain/index.js.map',
  'plain/src/index.ts',
  'plain/README.md',
  'plain/test/index.js',
  'plain/node_modules/@scope/inner/index.d.mts',
]
const PACKAGES = { 'node_modules/plain': {} }

const filesOf = (paths: string[]) => Object.fromEntries(paths.map((path) => [`node_modules/${path}`, 'some bytes']))

/** An installation of a package of this name, with these files and what npm says it has installed. */
async function installation({ name = 'onrecord', files = [...STAYS, ...GOES], packages = PACKAGES as Record<string, { dev?: boolean }> } = {}) {
  const lock = { 'node_modules/.package-lock.json': JSON.stringify({ packages }) }
  return join(await documents({ 'package.json': JSON.stringify({ name }), ...lock, ...filesOf(files) }), 'node_modules')
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory() && entry.name !== '.package-lock.json')
  return files
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}

it('removes what is never loaded here, and the folders that this empties', async () => {
  const folder = await installation()
  const { bytes, before } = removeNeverLoaded(folder)
  expect(await filesIn(folder)).toEqual([...STAYS].sort())
  expect(await readdir(join(folder, 'plain'))).not.toContain('src')
  expect(bytes.get('source maps')).toBeGreaterThan(0)
  expect(before).toBeGreaterThan(bytes.get('source maps') as number)
})

it('is a command, which removes nothing in a dry run and says the same', async () => {
  const folder = await installation()
  const { status, stdout } = spawnSync(process.execPath, [join(packageRoot(), 'scripts', 'prune.mjs'), '--dry-run', folder], { encoding: 'utf8' })
  expect(status).toBe(0)
  expect(stdout).toMatch(/ MB {2}source maps\n[\s\S]* MB would be removed of .* MB stay\n$/)
  expect(await filesIn(folder)).toEqual([...STAYS, ...GOES].sort())
})

it('leaves symbolic links and what they lead to', async () => {
  const folder = await installation()
  const elsewhere = await documents({ 'index.ts': 'not ours', 'test/index.js': 'nor this' })
  await symlink(elsewhere, join(folder, 'linked'))
  await symlink(join(elsewhere, 'test'), join(folder, 'plain', 'docs'))
  await symlink(join(elsewhere, 'index.ts'), join(folder, 'plain', 'index.ts'))
  removeNeverLoaded(folder)
  expect(await filesIn(folder)).toEqual([...STAYS, 'linked', 'plain/docs', 'plain/index.ts'].sort())
  expect(await readFile(join(elsewhere, 'test', 'index.js'), 'utf8')).toBe('nor this')
})

describe('refuses, and removes nothing,', () => {
  it.each([
    ['what is not there', async () => join(await temporaryFolder(), 'node_modules'), 'There is no '],
    ['the packages of another program', () => installation({ name: 'another' }), 'does not belong to a checkout of On Record'],
    ['an installation with development dependencies', () => installation({ packages: { 'node_modules/vite': { dev: true } } }), 'npm prune --omit=dev'],
    ['one without binaries for this platform', () => installation({ files: GOES.filter((path) => !path.startsWith(NATIVE)) }), `${platform} ${arch}`],
    ['one that npm did not make', () => installation().then(withoutLock), 'was not installed by npm'],
    ['a symbolic link to one', () => installation().then(linked), 'symbolic links are not followed'],
  ])('%s', async (_, make, reason) => {
    const folder = await make()
    const before = await filesIn(folder).catch(() => [])
    expect(() => removeNeverLoaded(folder)).toThrow(reason)
    expect(await filesIn(folder).catch(() => [])).toEqual(before)
  })
})

async function withoutLock(folder: string): Promise<string> {
  await rm(join(folder, '.package-lock.json'))
  return folder
}

async function linked(folder: string): Promise<string> {
  const other = await documents({ 'package.json': '{"name":"onrecord"}' })
  await symlink(folder, join(other, 'node_modules'))
  return join(other, 'node_modules')
}
