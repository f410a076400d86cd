// Builds the image, measures it, and uses it as a server would: npm run test:image -- [--engine docker|podman] [--database URL] [-- FLAGS OF THE BUILD]
// A line for each thing that is tried; exit code 1 when one of them fails, or where there is no engine. With the address of an empty
// database (PostgreSQL with pgvector), which the host reaches under the same one, the image also keeps a record in it.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { tryAll } from './checks.mjs'
import { commandChecks } from './commands.mjs'
import { composeChecks } from './compose.mjs'
import { findEngine } from './engine.mjs'
import { serverChecks } from './server.mjs'
import { sizeChecks } from './sizes.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

try {
  const { values, positionals } = parseArgs({ options: { engine: { type: 'string' }, database: { type: 'string' } }, allowPositionals: true })
  const engine = findEngine(values.engine)
  const image = 'onrecord:tested'
  const volume = `onrecord-tested-${process.pid}`
  console.log(`with ${engine.name} ${engine.run('version', '--format', '{{.Client.Version}}')}`)
  const began = performance.now()
  engine.build(ROOT, image, positionals)
  console.log(`built   in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  engine.run('volume', 'create', volume)
  try {
    const trial = { engine, image, volume, root: ROOT, database: values.database }
    if (!(await tryAll([...sizeChecks, ...commandChecks, ...serverChecks, ...composeChecks], trial))) process.exitCode = 1
  } finally {
    engine.try('volume', 'rm', '--force', volume)
  }
} catch (error) {
  console.error(`test:image: ${/** @type {Error} */ (error).message}`)
  process.exitCode = 1
}
