import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const HOW = 'Install LibreOffice, or name its program: SOFFICE=/path/to/soffice.'
/** Milliseconds in which a small document is converted; LibreOffice waits for ever where it asks something that nobody sees. */
const TIMEOUT = 120_000

/** The LibreOffice that SOFFICE names, or the one in PATH. Throws when there is none. */
export function soffice(): string {
  const named = process.env.SOFFICE
  if (named && !existsSync(named)) throw new Error(`SOFFICE names ${named}, and there is no such file. ${HOW}`)
  const found =
    named ||
    (process.env.PATH ?? '')
      .split(delimiter)
      .map((folder) => join(folder, 'soffice'))
      .find(existsSync)
  if (!found) throw new Error(`No LibreOffice was found. ${HOW}`)
  return found
}

/** Converts a file, into a folder, with a profile of our own beside it: what the user has set tells nothing. */
export async function convert(program: string, file: string, to: string, folder: string): Promise<void> {
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile'))}`
  const quietly = ['--headless', '--invisible', '--nodefault', '--nofirststartwizard', '--nolockcheck', '--nologo', '--norestore']
  await promisify(execFile)(program, [profile, ...quietly, '--convert-to', to, '--outdir', folder, file], { timeout: TIMEOUT })
}
