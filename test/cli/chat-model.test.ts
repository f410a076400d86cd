import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../fixtures.ts'
import { onrecord, serving } from './command.ts'

const KEY = 'a-key-that-nobody-may-read'
const unused = async () => ['--index', join(await temporaryFolder(), 'none')]

it.each([
  [
    'of a provider that is not known',
    { ONRECORD_CHAT_MODEL: 'nobody:large' },
    /ONRECORD_CHAT_MODEL is "nobody:large": its provider is not known\. .*openai, anthropic/,
  ],
  [
    'whose package is not installed',
    { ONRECORD_CHAT_MODEL: 'anthropic:claude' },
    /the package @langchain\/anthropic is not installed\. Run: npm install @langchain\/anthropic/,
  ],
  ['of another protocol at an address', { ONRECORD_CHAT_MODEL: 'mistral:7b', ONRECORD_CHAT_URL: 'http://127.0.0.1:11434/v1' }, /openai:mistral:7b/],
  ['that is not named, at an address', { ONRECORD_CHAT_URL: 'http://127.0.0.1:11434/v1' }, /ONRECORD_CHAT_URL is set, and ONRECORD_CHAT_MODEL.* is not/],
  ['that is not named, with a key', {}, /ONRECORD_CHAT_KEY is set, and ONRECORD_CHAT_MODEL.* is not/],
  ['at an address with a password', { ONRECORD_CHAT_MODEL: 'openai:a', ONRECORD_CHAT_URL: 'http://me:secret@127.0.0.1/v1' }, /ONRECORD_CHAT_URL/],
])('a model %s keeps the server from starting, with one line that says what to do', async (_what, env, says) => {
  const { code, stdout, stderr } = await onrecord(['serve', '--port', '0', ...(await unused())], { env: { ...env, ONRECORD_CHAT_KEY: KEY } })
  expect(code).toBe(1)
  expect(stderr).toMatch(says)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stdout + stderr).not.toContain(KEY)
})

it('a model that is not there yet keeps no server from starting', async () => {
  const server = await serving(await unused(), {
    env: { ONRECORD_CHAT_MODEL: 'llama3.1:8b', ONRECORD_CHAT_URL: 'http://127.0.0.1:9/v1', ONRECORD_CHAT_KEY: KEY },
  })
  expect((await fetch(`${server.address}/healthz`)).status).toBe(200)
})

it('doctor names the model and its package, and never the key', async () => {
  const doctor = (env: Record<string, string>) => onrecord(['doctor', ...['--index', 'none']], { env: { ONRECORD_CHAT_KEY: KEY, ...env } })
  const [there, missing] = await Promise.all([doctor({ ONRECORD_CHAT_MODEL: 'openai:gpt-4o-mini' }), doctor({ ONRECORD_CHAT_MODEL: 'anthropic:claude' })])
  expect(there.stdout).toMatch(/ok +language model: gpt-4o-mini, by @langchain\/openai/)
  expect(missing.stdout).toMatch(/WRONG +language model: .*npm install @langchain\/anthropic/)
  expect(there.stdout).toContain('ONRECORD_CHAT_KEY=(set)')
  for (const { stdout, stderr } of [there, missing]) expect(stdout + stderr).not.toContain(KEY)
})
