import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'

/** In the package, where its own name leads to what it exports. */
const FILE = join(packageRoot(), 'dist', 'widget-user.ts')

const USER = `
import 'onrecord/widget'
import type { Answer, OnRecordElement } from 'onrecord/widget'

const element: OnRecordElement = document.createElement('on-record')
element.addEventListener('answer', ({ detail }) => { const answer: Answer = detail; console.log(answer.citations[0]?.quote) })
element.addEventListener('citation-click', (event) => { event.preventDefault(); console.log(event.detail.link.length) })
element.addEventListener('error', ({ detail }) => console.log(detail.kind === 'refused'))
OnRecord.mount({ target: '#here', mode: 'inline', theme: 'host' }).ask('Who?').then(({ status }) => status === 'not-on-record')
// @ts-expect-error
OnRecord.mount({ mode: 'floating' })
`

beforeAll(() => writeFile(FILE, USER))
afterAll(() => rm(FILE))

it.each([
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
])('a site in TypeScript has the types of the element, its events and its global: %s, %s', async (module, moduleResolution) => {
  const options = { target: 'es2022', lib: 'es2023,dom', module, moduleResolution, types: '' }
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  expect(await checked(['--noEmit', '--strict', '--ignoreConfig', ...flags, FILE])).toBe('')
})

it('so has the example with React', async () => {
  expect(await checked(['-p', join(packageRoot(), 'examples', 'react')])).toBe('')
})

/** What the compiler finds. */
async function checked(flags: string[]): Promise<string> {
  const tsc = join(packageRoot(), 'node_modules', 'typescript', 'bin', 'tsc')
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, ...flags]).catch((failed: { stdout: string }) => failed)
  return stdout
}
