import { spawnSync } from 'node:child_process'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'
import { documents } from '../fixtures.ts'

const BUILT = { 'dist/cli/main.js': '' }
const TOOLS = Object.fromEntries(['typescript', 'vite', 'terser', 'preact'].map((name) => [`node_modules/${name}/package.json`, '{}']))

/** A package with these files, whose build leaves a file `built` and fails, after its installation. */
async function installed(files: Record<string, string>) {
  const build = `node -e "require('fs').writeFileSync('built', 'yes'); process.exitCode = 3"`
  const folder = await documents({ 'package.json': JSON.stringify({ scripts: { build } }), ...files })
  await mkdir(join(folder, 'scripts'))
  const script = join(folder, 'scripts', 'prepare.mjs')
  await copyFile(join(packageRoot(), 'scripts', 'prepare.mjs'), script)
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  return { status, stderr, built: await readFile(join(folder, 'built'), 'utf8').catch(() => 'no') }
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
  expect(await installed(BUILT)).toEqual({ status: 0, stderr: '', built: 'no' })
})
