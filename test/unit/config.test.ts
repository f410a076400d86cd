import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DEFAULT_MODEL } from '../../index/model.ts'
import { packageRoot } from '../../index/package-root.ts'
import { printable, readConfig } from '../../server/config.ts'
import { failureOf } from '../fixtures.ts'

it('has a default for every setting', () => {
  expect(readConfig({ PATH: '/bin', HOME: undefined })).toMatchObject({
    INDEX: '.onrecord',
    HOST: '127.0.0.1',
    PORT: 3000,
    EMBEDDING_MODEL: DEFAULT_MODEL,
    RERANKER: '',
    STORE: 'hnsw',
    ORIGINS: [],
    HOSTS: [],
  })
})

it('takes flags before the environment, and the environment before the defaults', () => {
  const environment = { ONRECORD_PORT: '4000', ONRECORD_HOST: '0.0.0.0' }
  expect(readConfig(environment, { PORT: '5000', HOST: undefined })).toMatchObject({ PORT: 5000, HOST: '0.0.0.0', INDEX: '.onrecord' })
})

it('reads lists, divided by commas or blanks', () => {
  expect(readConfig({ ONRECORD_ORIGINS: 'https://a.example,http://b.example:8080', ONRECORD_HOSTS: ' a.example  b.example ' })).toMatchObject({
    ORIGINS: ['https://a.example', 'http://b.example:8080'],
    HOSTS: ['a.example', 'b.example'],
  })
})

it.each([
  ['1', true],
  ['true', true],
  ['yes', true],
  ['0', false],
  ['no', false],
  ['', false],
])('reads %j as %s', (value, expected) => {
  expect(readConfig({ ONRECORD_MODEL_DOWNLOAD: value }).MODEL_DOWNLOAD).toBe(expected)
})

it.each([
  ['ONRECORD_PROT', '3000'],
  ['ONRECORD_port', '3000'],
  ['ONRECORD_PORT', 'http'],
  ['ONRECORD_PORT', '65536'],
  ['ONRECORD_PORT', '-1'],
  ['ONRECORD_PORT', '80.5'],
  ['ONRECORD_STORE', 'faiss'],
  ['ONRECORD_ORIGINS', 'example.org'],
  ['ONRECORD_ORIGINS', 'https://example.org/path'],
  ['ONRECORD_ORIGINS', '*'],
  ['ONRECORD_RATE_LIMIT', '-1'],
  ['ONRECORD_MODEL_DOWNLOAD', 'maybe'],
  ['ONRECORD_FETCH_NETWORKS', '10.20.0.0'],
  ['ONRECORD_FETCH_NETWORKS', 'intranet.example/8'],
  ['ONRECORD_TRUST_PROXY', 'true'],
  ['ONRECORD_SOURCES', 'none'],
  ['ONRECORD_CHAT_URL', 'localhost:11434'],
  ['ONRECORD_CHAT_URL', 'https://me:secret@example.org/v1'],
  ['ONRECORD_CHAT_URL', 'file:///etc/passwd'],
  ['ONRECORD_CHAT_TIMEOUT', '0'],
  ['ONRECORD_API_KEYS', 'long-enough-0123456789 short'],
])('refuses %s=%j by its name', async (name, value) => {
  const error = await failureOf(() => readConfig({ [name]: value }))
  expect([error.code, error.what]).toEqual(['CONFIG_INVALID', expect.stringContaining(name)])
})

it('tells no key: not a wrong one, and none where settings are printed', async () => {
  const [right, wrong] = ['long-enough-0123456789', 'too-short']
  expect((await failureOf(() => readConfig({ ONRECORD_API_KEYS: `${right},${wrong}` }))).message).not.toMatch(/long-enough|too-short/)
  const config = readConfig({ ONRECORD_API_KEYS: `${right} ${right}` })
  expect(config.API_KEYS).toEqual([right, right])
  expect(printable(config)).toEqual({ ...config, API_KEYS: '(set)' })
  expect(printable(readConfig({ ONRECORD_CHAT_MODEL: 'openai:a', ONRECORD_CHAT_KEY: right })).CHAT_KEY).toBe('(set)')
  expect(printable(readConfig({}))).toEqual(readConfig({}))
})

it.each([
  ['ONRECORD_CHAT_URL', 'http://127.0.0.1:11434/v1'],
  ['ONRECORD_CHAT_KEY', 'a-key-that-nobody-may-read'],
])('refuses %s without the model that it is for, and says what is missing', async (name, value) => {
  for (const environment of [{ [name]: value }, { [name]: value, ONRECORD_CHAT_MODEL: ' ' }]) {
    const error = await failureOf(() => readConfig(environment))
    expect([error.code, error.what]).toEqual(['CONFIG_INVALID', `${name} is set, and ONRECORD_CHAT_MODEL, which names the model, is not.`])
  }
  expect(readConfig({ [name]: value, ONRECORD_CHAT_MODEL: 'openai:a' }).CHAT_MODEL).toBe('openai:a')
})

it('has every setting in .env.example, with its default', async () => {
  const example = await readFile(join(packageRoot(), '.env.example'), 'utf8')
  const given = Object.fromEntries([...example.matchAll(/^((?:ONRECORD|DATABASE)_\w+)=(.*)$/gm)].map(([, name, value]) => [name as string, value as string]))
  expect(readConfig(given)).toEqual(readConfig({}))
  expect(Object.keys(given).map((name) => name.replace('ONRECORD_', ''))).toEqual(expect.arrayContaining(Object.keys(readConfig({}))))
})

it('names a wrong flag as it was given', async () => {
  expect((await failureOf(() => readConfig({ ONRECORD_PORT: '80' }, { PORT: 'x' }))).what).toContain('--port is "x"')
})

// An empty text is the number 0: any free port, and no limit.
it.each(['ONRECORD_PORT', 'ONRECORD_RATE_LIMIT'])('takes an empty %s for one that is not set', (name) => {
  const { PORT, RATE_LIMIT } = readConfig({ [name]: '' })
  expect([PORT, RATE_LIMIT]).toEqual([3000, 120])
})

// `in` finds what every object inherits.
it('refuses a setting by the name of what objects inherit', () => {
  expect(() => readConfig({ ONRECORD_toString: 'x' })).toThrow()
})
