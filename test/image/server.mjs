import { CONFINED, citationsOf, must, QUESTION, ready } from './checks.mjs'

/** On SIGTERM it ends within so many seconds. */
const SOON = 5
const name = `onrecord-tested-${process.pid}`
let generation = ''

/** @type {import('./checks.mjs').Check[]} */
export const serverChecks = [
  [
    'it serves on a file system that cannot be written',
    async ({ engine, image, volume }) => {
      engine.run('run', '--detach', '--name', name, ...CONFINED, '--volume', `${volume}:/data`, '--publish', '127.0.0.1::3000', image)
      const began = performance.now()
      ;({ generation } = await ready(`${addressOf(engine)}/readyz`))
      return `ready after ${seconds(began)}`
    },
  ],
  [
    'as a user without rights',
    ({ engine }) => {
      const status = engine.run('exec', name, 'cat', '/proc/1/status')
      const [uid, capabilities, privileges] = ['Uid', 'CapBnd', 'NoNewPrivs'].map((key) => RegExp(`^${key}:\\s+(\\w+)`, 'm').exec(status)?.[1])
      must(uid === '1000', `it runs as ${uid}`)
      must(Number(capabilities) === 0 && privileges === '1', `it may gain capabilities: ${capabilities}, no_new_privs ${privileges}`)
      for (const folder of ['/', '/app', '/documents', '/home/node']) {
        must(engine.try('exec', name, 'touch', `${folder}/written`).status !== 0, `it can write into ${folder}`)
      }
      return 'user 1000, no capabilities, nothing written'
    },
  ],
  [
    'it answers over HTTP',
    async ({ engine }) => {
      const body = JSON.stringify({ question: QUESTION })
      const response = await fetch(`${addressOf(engine)}/api/ask`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      const page = await fetch(addressOf(engine))
      must(page.ok, `its page is answered with ${page.status}`)
      return citationsOf(await response.text())
    },
  ],
  [
    'its health check passes, and fails where nothing answers',
    ({ engine, image }) => {
      const [kind, ...command] = engine.inspect('image', image, '.Config.Healthcheck.Test')
      must(kind === 'CMD', `it is a ${kind}`)
      engine.run('exec', name, ...command)
      must(engine.try('exec', '--env', 'ONRECORD_PORT=1', name, ...command).status === 1, 'it passes on a port that nothing listens on')
      return 'both'
    },
  ],
  [`SIGTERM ends it with 0 within ${SOON} s`, ({ engine }) => stop(engine)],
  [
    'it starts again over the same volume, and ends again',
    async ({ engine }) => {
      try {
        engine.run('start', name)
        const reply = await ready(`${addressOf(engine)}/readyz`)
        must(reply.generation === generation, `it answers from ${reply.generation} and not ${generation}`)
        return stop(engine)
      } finally {
        engine.try('rm', '--force', name)
      }
    },
  ],
]

function stop(/** @type {import('./engine.mjs').Engine} */ engine) {
  const began = performance.now()
  engine.run('stop', '--time', '15', name)
  const took = seconds(began)
  const code = engine.inspect('container', name, '.State.ExitCode')
  must(code === 0, `it ended with ${code}`)
  must(Number.parseFloat(took) <= SOON, `it took ${took}`)
  return `after ${took}`
}

/** Where its port is on the host: a free one, and another after each start. */
function addressOf(/** @type {import('./engine.mjs').Engine} */ engine) {
  return `http://${engine.run('port', name, '3000/tcp').split('\n')[0]}`
}

function seconds(/** @type {number} */ began) {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`
}
