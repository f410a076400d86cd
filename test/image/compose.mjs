import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must, ready, Skipped } from './checks.mjs'

const project = `onrecord-tested-${process.pid}`
const READY = 'http://127.0.0.1:3000/readyz'

/** @type {import('./checks.mjs').Check[]} */
export const composeChecks = [
  [
    'compose.yaml serves ./documents, takes up what is added, and ends with 0',
    async ({ engine, image, root }) => {
      if (engine.try('compose', 'version').status !== 0) throw new Skipped(`${engine.name} has no compose`)
      const folder = mkdtempSync(join(tmpdir(), 'onrecord-image-'))
      const compose = (/** @type {string[]} */ ...args) => {
        const { status, stdout, stderr } = spawnSync(engine.name, ['compose', '--project-name', project, ...args], { cwd: folder, encoding: 'utf8' })
        must(status === 0, `compose ${args[0]} ended with ${status}: ${stderr.slice(-600)}`)
        return stdout.trim()
      }
      try {
        cpSync(join(root, 'compose.yaml'), join(folder, 'compose.yaml'))
        // The image is the one that was built above.
        writeFileSync(join(folder, 'compose.override.yaml'), `services: { onrecord: { image: '${image}' } }\n`)
        mkdirSync(join(folder, 'documents'))
        writeFileSync(join(folder, 'documents', 'ferry.txt'), 'The ferry resumed on Monday, said Mara Ellis.\n')
        compose('up', '--detach', '--no-build')
        await ready(READY, ({ sources }) => sources === 1)
        writeFileSync(join(folder, 'documents', 'bridge.txt'), 'The bridge was shut at noon, said Odo Finch.\n')
        await ready(READY, ({ sources }) => sources === 2)
        const [container = ''] = compose('ps', '--quiet').split('\n')
        compose('stop')
        const code = engine.inspect('container', container, '.State.ExitCode')
        must(code === 0, `it ended with ${code}`)
        return '1 document, then 2'
      } finally {
        spawnSync(engine.name, ['compose', '--project-name', project, 'down', '--volumes'], { cwd: folder })
        rmSync(folder, { recursive: true, force: true })
      }
    },
  ],
]
