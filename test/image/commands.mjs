import { join } from 'node:path'
import { CONFINED, citationsOf, must, QUESTION, Skipped } from './checks.mjs'

/** The packages that the database needs, from where the program stands. */
const IMPORTS = `import onrecord from '/app/package.json' with { type: 'json' }
const names = Object.keys(onrecord.peerDependencies)
for (const name of names) await import(name)
console.log(names.join(', '))`

/** @type {import('./checks.mjs').Check[]} */
export const commandChecks = [
  [
    'it indexes a folder into the volume, without a network',
    ({ engine, image, volume, root }) => {
      const mounts = ['--volume', `${join(root, 'corpus')}:/documents:ro`, '--volume', `${volume}:/data`]
      const printed = engine.run('run', '--rm', ...CONFINED, '--network', 'none', ...mounts, image, 'index', '/documents', '--json')
      const { sources, passages, skipped } = JSON.parse(printed)
      must(sources > 0 && skipped.length === 0, printed)
      return `${sources} documents, ${passages} passages`
    },
  ],
  [
    'it answers in a terminal, without a network',
    ({ engine, image, volume }) =>
      citationsOf(engine.run('run', '--rm', ...CONFINED, '--network', 'none', '--volume', `${volume}:/data`, image, 'ask', QUESTION, '--json')),
  ],
  [
    'what it indexed verifies',
    ({ engine, image, volume }) => {
      const { faults } = JSON.parse(engine.run('run', '--rm', ...CONFINED, '--volume', `${volume}:/data`, image, 'verify', '--json'))
      must(faults.length === 0, faults.join(', '))
      return 'no faults'
    },
  ],
  [
    'it holds what a record in PostgreSQL needs',
    ({ engine, image, root }) => {
      const database = ['--env', 'ONRECORD_STORE=postgres', '--env', 'DATABASE_URL=postgres://nobody@127.0.0.1:1/none']
      const documents = ['--volume', `${join(root, 'corpus')}:/documents:ro`]
      const { status, stderr } = engine.try('run', '--rm', ...CONFINED, '--network', 'none', ...database, ...documents, image, 'index', '/documents')
      must(status === 1 && stderr.includes('127.0.0.1:1/none cannot be reached'), `without a database it ends with ${status}: ${stderr.slice(-300)}`)
      return engine.run('run', '--rm', '--entrypoint', 'node', image, '--input-type=module', '--eval', IMPORTS)
    },
  ],
  [
    'it keeps a record in PostgreSQL, and answers from it',
    ({ engine, image, root, database }) => {
      if (!database) throw new Skipped('no --database was given')
      const settings = ['--env', 'ONRECORD_STORE=postgres', '--env', `DATABASE_URL=${database}`, '--network', 'host']
      const documents = ['--volume', `${join(root, 'corpus')}:/documents:ro`]
      const { sources } = JSON.parse(engine.run('run', '--rm', ...CONFINED, ...settings, ...documents, image, 'index', '/documents', '--json'))
      const answered = citationsOf(engine.run('run', '--rm', ...CONFINED, ...settings, image, 'ask', QUESTION, '--json'))
      return `${sources} documents, ${answered}`
    },
  ],
]
