import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'
import { Answer } from '../../server/contract.ts'
import { documents, temporaryFolder } from '../fixtures.ts'
import { testModel } from '../rerankers.ts'
import { BIN, currentOf, onrecord } from './command.ts'

const lines = (text: string) => text.split('\n').filter(Boolean)

let index: string
beforeAll(async () => {
  index = join(await temporaryFolder(), 'index')
  await onrecord([
    'index',
    await documents({ 'pool.md': '---\noutlet: The Lantern\ndate: 2025-06-13\n---\n# The Pool\n\nThirty-one boats fish from the Pool.\n' }),
    '--index',
    index,
  ])
})

describe('onrecord', () => {
  it.each([
    ['a command that there is not', ['sreve'], /there is no command "sreve"\. Commands: index, add, serve,/],
    ['a command named like a property', ['constructor'], /there is no command "constructor"/],
    ['a flag that there is not', ['serve', '--prot', '80'], /--prot/],
    ['a flag without its value', ['serve', '--port'], /--port/],
    ['an argument too many', ['serve', 'corpus'], /It takes no argument "corpus"/],
    ['a question that is missing', ['ask'], /A conversation needs a terminal; give the question as an argument/],
  ])('with %s exits with 2 and says so', async (_what, args, says) => {
    const { code, stdout, stderr } = await onrecord(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(says)
  })

  it.each([
    ['a setting that there is not', { ONRECORD_PROT: '80' }, /There is no setting ONRECORD_PROT\. All settings are in \.env\.example\./],
    ['a port that is none', { ONRECORD_PORT: 'http' }, /ONRECORD_PORT is "http"/],
    ['a store that there is not', { ONRECORD_STORE: 'sql' }, /ONRECORD_STORE is "sql"/],
    ['an origin with a path', { ONRECORD_ORIGINS: 'https://example.org/page' }, /ONRECORD_ORIGINS is/],
  ])('with %s exits with 1 and one line', async (_what, env, says) => {
    const { code, stdout, stderr } = await onrecord(['doctor'], { env: env as unknown as Record<string, string> })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(says)
    expect(lines(stderr)).toHaveLength(1)
  })

  it('--help tells every command and --version the version', async () => {
    const help = await onrecord(['--help'])
    expect(help.code).toBe(0)
    for (const command of ['index', 'add', 'serve', 'ask', 'verify', 'eval', 'doctor']) expect(help.stdout).toContain(`onrecord ${command}`)
    const { version } = JSON.parse(await readFile(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }
    expect(await onrecord(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('that is not built says which command builds it', async () => {
    const folder = await temporaryFolder()
    await cp(join(BIN, '..'), join(folder, 'bin'), { recursive: true })
    await cp(join(packageRoot(), 'package.json'), join(folder, 'package.json'))
    const { code, stdout, stderr } = await onrecord(['serve'], { bin: join(folder, 'bin', 'onrecord.mjs'), cwd: '/' })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toBe(`onrecord: it is not built yet. Run: npm --prefix ${JSON.stringify(folder)} run build\n`)
  })
})

describe('onrecord ask', () => {
  it('--json prints the answer of the contract and nothing else', async () => {
    const { code, stdout, stderr } = await onrecord(['ask', 'How many boats fish from the Pool?', '--index', index, '--json'])
    expect([code, stderr]).toEqual([0, ''])
    expect(lines(stdout)).toHaveLength(1)
    expect(Answer.parse(JSON.parse(stdout))).toMatchObject({ status: 'answered', citations: [{ quote: 'Thirty-one boats fish from the Pool.' }] })
  })

  it('tells in words the quote, where it stands and when it was published, from any working directory', async () => {
    const { code, stdout } = await onrecord(['ask', 'How', 'many', 'boats fish from the Pool?', '--index', index], { cwd: await temporaryFolder() })
    expect(code).toBe(0)
    expect(stdout).toBe('Thirty-one boats fish from the Pool.\n  The Pool · The Lantern · 2025-06-13\n  docs/pool.md:3\n')
  })

  it('what is not on record says so and exits with 0', async () => {
    const { code, stdout } = await onrecord(['ask', 'Which vitamin prevents scurvy?', '--index', index])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Not on record\. Nothing matches: .*vitamin/)
  })

  it.each(['ask', 'verify'])('without an index exits with 1 and names the command that makes one (%s)', async (command) => {
    const { code, stdout, stderr } = await onrecord([command, ...(command === 'ask' ? ['boats?'] : [])], { cwd: await temporaryFolder() })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('onrecord index FOLDER')
    expect(lines(stderr)).toHaveLength(1)
  })
})

describe('with a reranker', () => {
  const env = (name: string) => ({ env: { ONRECORD_RERANKER: testModel(name) } })

  it('onrecord ask answers, and doctor says that it runs', async () => {
    const asked = await onrecord(['ask', 'How many boats fish from the Pool?', '--index', index], env('overlap'))
    expect([asked.code, asked.stderr]).toEqual([0, ''])
    expect(asked.stdout).toMatch(/^Thirty-one boats fish from the Pool\.\n/)
    const told = await onrecord(['doctor', '--index', index], env('overlap'))
    expect(told.code).toBe(0)
    expect(told.stdout).toMatch(/ok +reranker: .*overlap@[0-9a-f]{16}, it runs\n/)
  })

  it.each([
    ['three-labels', /is no reranker: it has 3 outputs/],
    ['nothing', /nothing is missing.*ONRECORD_RERANKER/],
  ])('that cannot be used (%s) ask, serve and doctor exit with 1 and say so', async (name, says) => {
    for (const command of [['ask', 'boats?'], ['serve', '--port', '0'], ['doctor']]) {
      const { code, stdout, stderr } = await onrecord([...command, '--index', index], env(name))
      expect(code).toBe(1)
      expect(stdout + stderr).toMatch(says)
    }
  })
})

describe('onrecord verify and doctor', () => {
  it('find nothing wrong with a whole index', async () => {
    const verified = await onrecord(['verify', '--index', index])
    expect([verified.code, verified.stderr]).toEqual([0, ''])
    expect(verified.stdout).toMatch(/ is whole: 1 documents?, 1 passages?, every file and span checked\.\n$/)
    const key = 'a-key-of-the-tests-123'
    const told = await onrecord(['doctor', '--index', index], { env: { ONRECORD_API_KEYS: key } })
    expect([told.code, told.stderr]).toEqual([0, ''])
    expect(told.stdout).not.toContain('WRONG')
    expect(told.stdout).toContain('ONRECORD_API_KEYS=(set)')
    expect(told.stdout).not.toContain(key)
  })

  it('find a byte that has changed', async () => {
    const damaged = join(await temporaryFolder(), 'index')
    await cp(index, damaged, { recursive: true })
    const file = join(damaged, 'generations', await currentOf(damaged), 'texts.utf8')
    await writeFile(file, (await readFile(file, 'utf8')).replace('Thirty-one', 'Thirty-two'))
    const verified = await onrecord(['verify', '--index', damaged])
    expect([verified.code, verified.stdout]).toEqual([1, ''])
    expect(verified.stderr).toMatch(/texts\.utf8 has another checksum.*Make it again: onrecord index FOLDER/)
    const told = await onrecord(['doctor', '--index', damaged])
    expect(told.code).toBe(1)
    expect(told.stdout).toMatch(/WRONG +index: The index is damaged/)
  })

  it('say of a model that is not the default that the decision was not fitted to it', async () => {
    const env = { ONRECORD_EMBEDDING_MODEL: testModel('multilingual-e5-tiny'), ONRECORD_INDEX: join(await temporaryFolder(), 'index') }
    await onrecord(['index', await documents({ 'a.txt': 'Thirty-one boats fish from the Pool.' })], { env })
    const { code, stdout } = await onrecord(['doctor'], { env })
    expect(code).toBe(0)
    expect(stdout).toMatch(/ok +model: .*multilingual-e5-tiny@[0-9a-f]{16}\. What is on record is decided as fitted to Xenova\/bge-small-en-v1\.5:/)
  })

  it('find a model that is missing and one that is damaged', async () => {
    const missing = await onrecord(['doctor', '--index', index], { env: { ONRECORD_EMBEDDING_MODEL: 'no/such-model' } })
    expect(missing.code).toBe(1)
    expect(missing.stdout).toMatch(/WRONG +model: .*no\/such-model/)
    const folder = join(await temporaryFolder(), 'model')
    await mkdir(join(folder, 'onnx'), { recursive: true })
    for (const name of ['onnx/model_quantized.onnx', 'tokenizer.json', 'config.json', 'tokenizer_config.json']) await writeFile(join(folder, name), 'damaged')
    const damaged = await onrecord(['doctor', '--index', index], { env: { ONRECORD_EMBEDDING_MODEL: folder } })
    expect(damaged.code).toBe(1)
    expect(damaged.stdout).toMatch(/WRONG +model: /)
  })
})
