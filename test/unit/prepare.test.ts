import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'
import { documents } from '../fixtures.ts'

const BUILT = { 'dist/cli/main.js': '' }
const BINARIES = 'node_modules/onnxruntime-node/bin/napi-v6'
const TOOLS = Object.fromEntries(['typescript', 'vite', 'terser', 'preact'].map((name) => [`node_modules/${name}/package.json`, '{}']))

/** A package with these files, whose build leaves a file `built` and fails, after its installation. */
async function installed(files: Record<string, string>) {
  const build = `node -e "require('fs').writeFileSync('built', 'yes'); process.exitCode = 3"`
  const folder = await documents({ 'package.json': JSON.stringify({ name: 'onrecord', scripts: { build } }), ...files })
  await mkdir(join(folder, 'scripts'))
  for (const name of ['prepare.mjs', 'never-loaded.mjs']) await copyFile(join(packageRoot(), 'scripts', name), join(folder, 'scripts', name))
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'scripts', 'prepare.mjs')], { encoding: 'utf8' })
  const built = await readFile(join(folder, 'built'), 'utf8').catch(() => 'no')
  return { status, stderr, built, has: (file: string) => existsSync(join(folder, file)) }
}

it('builds at the end of an installation with development dependencies, and fails as the build does', async () => {
  expect(await installed({ ...TOOLS, ...BUILT })).toMatchObject({ status: 3, built: 'yes' })
})

it('says how to come to a build, without failing, where neither it nor its tools are', async () => {
  const { status, stderr, built } = await installed({})
  expect({ status, built }).toEqual({ status: 0, built: 'no' })
  expect(stderr).toContain('npm ci && npm prune --omit=dev')
})

it('has nothing to say without the tools where the build is there', async () => {
  expect(await installed(BUILT)).toMatchObject({ status: 0, stderr: '', built: 'no' })
})

it('removes binaries for other platforms from an installation without development dependencies, and from no other', async () => {
  const [here, elsewhere] = [`${BINARIES}/${process.platform}/${process.arch}/a.node`, `${BINARIES}/plan9/mips/a.node`]
  const installation = { ...BUILT, [here]: '', [elsewhere]: '', 'node_modules/plain/a.d.ts': '', 'node_modules/.package-lock.json': '{"packages":{}}' }
  const { has } = await installed(installation)
  expect([has(here), has(elsewhere), has('node_modules/plain/a.d.ts')]).toEqual([true, false, true])
  const development = await installed({ ...installation, 'node_modules/.package-lock.json': '{"packages":{"node_modules/vite":{"dev":true}}}' })
  expect([development.status, development.has(elsewhere)]).toEqual([0, true])
})
