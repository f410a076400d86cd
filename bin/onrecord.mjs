#!/usr/bin/env node
// Runs the build; without one it says how to make it.
import { existsSync } from 'node:fs'
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const main = join(root, 'dist', 'cli', 'main.js')
if (existsSync(main)) {
  keepCompiled()
  const { run } = await import(pathToFileURL(main).href)
  process.exitCode = await run(process.argv.slice(2))
} else {
  console.error(`onrecord: it is not built yet. Run: npm --prefix ${JSON.stringify(root)} run build`)
  process.exitCode = 1
}

/** From Node 22.1 on what is compiled is kept for the next start, of threads and child processes too: that is a fifth of what one takes. */
function keepCompiled() {
  const { enableCompileCache } = /** @type {{ enableCompileCache?: (folder: string) => unknown }} */ (module)
  const { HOME = '', USERPROFILE = HOME } = process.env
  // Without a home there is nowhere to keep it, and Node 24 does not end where the system lets it make no folder.
  if (!enableCompileCache || !existsSync(USERPROFILE)) return
  process.env.NODE_COMPILE_CACHE ??= join(USERPROFILE, '.cache', 'onrecord', 'compiled')
  enableCompileCache(process.env.NODE_COMPILE_CACHE)
}
