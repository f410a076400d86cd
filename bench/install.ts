import { execFileSync, spawnSync } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packageRoot } from '../index/package-root.ts'
import { hold } from './hold.ts'
import { type Sizes, sizesOf } from './install/sizes.ts'
import { tryOut } from './install/try-out.ts'

// What a production installation takes: npm run bench:install -- [--json]
// The last commit is cloned into a temporary folder, npm ci --omit=dev is run there, and the build of this folder is put beside it; then
// scripts/prune.mjs, and what is left indexes documents, verifies the index, and answers in a terminal and over HTTP. Exit code 1 when it
// does not, or when a figure is over its limit.
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })

/** MB of node_modules, as `du -sm` counts them. */
const LIMITS = { installed: 520, pruned: 300 }
const LARGEST = 15

const folder = await mkdtemp(join(tmpdir(), 'onrecord-install-'))
try {
  const clone = join(folder, 'onrecord')
  execFileSync('git', ['clone', '--quiet', packageRoot(), clone], { stdio: ['ignore', 2, 2] })
  const began = performance.now()
  const { status } = spawnSync('npm ci --omit=dev', { cwd: clone, shell: true, stdio: ['ignore', 2, 2] })
  const seconds = (performance.now() - began) / 1000
  if (status !== 0) throw new Error(`npm ci --omit=dev ended with ${status}`)
  await cp(join(packageRoot(), 'dist'), join(clone, 'dist'), { recursive: true })

  const modules = join(clone, 'node_modules')
  const installed = sizesOf(modules, LARGEST)
  execFileSync(process.execPath, [join(clone, 'scripts', 'prune.mjs')], { stdio: ['ignore', 2, 2] })
  const pruned = sizesOf(modules, LARGEST)
  const tried = await tryOut(clone, join(folder, 'index'))

  if (values.json) {
    console.log(JSON.stringify({ seconds, installed, pruned, tried }))
    if (installed.megabytes > LIMITS.installed || pruned.megabytes > LIMITS.pruned) process.exitCode = 1
  } else {
    console.log(table(installed, pruned))
    console.log(
      `npm ci --omit=dev took ${seconds.toFixed(0)} s; pruned, it made ${tried.passages} passages of ${tried.sources} documents, verified them and answered`,
    )
    hold('MB of node_modules, installed', installed.megabytes, LIMITS.installed)
    hold('MB of node_modules, pruned', pruned.megabytes, LIMITS.pruned)
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** The largest packages of each, beside each other. */
function table(installed: Sizes, pruned: Sizes): string {
  const cell = ({ name, megabytes }: Sizes['packages'][number]) => `${megabytes.toFixed(1).padStart(6)} ${name}`
  const rows = installed.packages.map((each, i) => [cell(each), cell(pruned.packages[i] as Sizes['packages'][number])])
  const all = [installed, pruned].map(({ megabytes }) => cell({ name: 'all', megabytes }))
  return [['    MB installed', '    MB pruned'], all, ...rows].map(([left = '', right = '']) => `${left.padEnd(44)}${right}`).join('\n')
}
