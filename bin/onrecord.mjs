#!/usr/bin/env node
// Runs the build; without one it says how to make it.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const main = join(root, 'dist', 'cli', 'main.js')
if (existsSync(main)) {
  const { run } = await import(pathToFileURL(main).href)
  process.exitCode = await run(process.argv.slice(2))
} else {
  console.error(`onrecord: it is not built yet. Run: npm --prefix ${JSON.stringify(root)} run build`)
  process.exitCode = 1
}
