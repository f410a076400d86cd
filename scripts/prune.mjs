// Removes what On Record never loads on this platform from its installation without development dependencies, for images and small disks:
// node scripts/prune.mjs [--dry-run] [NODE_MODULES]; `npm ci --omit=dev` brings it back.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { removeNeverLoaded } from './never-loaded.mjs'

try {
  const { values, positionals } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } }, allowPositionals: true })
  const isDry = values['dry-run']
  const { bytes, before } = removeNeverLoaded(resolve(positionals[0] ?? fileURLToPath(new URL('../node_modules', import.meta.url))), { isDry })
  const total = [...bytes.values()].reduce((sum, each) => sum + each, 0)
  for (const [what, each] of [...bytes].sort((a, b) => b[1] - a[1])) console.log(`${megabytes(each)} MB  ${what}`)
  console.log(`${megabytes(total)} MB ${isDry ? 'would be ' : ''}removed of ${megabytes(before)}; ${megabytes(before - total)} MB stay`)
} catch (error) {
  console.error(`prune: ${/** @type {Error} */ (error).message}`)
  process.exitCode = 1
}

function megabytes(/** @type {number} */ bytes) {
  return (bytes / 2 ** 20).toFixed(1).padStart(5)
}
