import { execFile } from 'node:child_process'
import { copyFile, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'
import { CORPUS, corpusIndex, temporaryFolder } from '../fixtures.ts'
import { serveCorpus } from '../served.ts'

const EXAMPLES = join(packageRoot(), 'examples', 'library')
const QUESTION = 'How many boats fish from the Pool?'

/** An empty project that the package was packed for and installed in; what it depends on is linked, since no test reaches the network. */
let project: string
/** What the package holds. */
let packed: string[]

const run = async (file: string, args: string[], cwd = project) => {
  const { stdout } = await promisify(execFile)(file, args, { cwd, maxBuffer: 1e8, shell: file === 'npm' && process.platform === 'win32' })
  return stdout
}

beforeAll(async () => {
  project = join(await temporaryFolder(), 'project')
  const modules = join(project, 'node_modules')
  await mkdir(modules, { recursive: true })
  const pack = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', project], packageRoot())
  const { filename, files } = Object.values(JSON.parse(pack) as Record<string, { filename: string; files: { path: string }[] }>)[0] ?? {
    filename: '',
    files: [],
  }
  packed = files.map(({ path }) => path)
  await run('tar', ['-xzf', filename])
  const installed = join(packageRoot(), 'node_modules')
  for (const name of await readdir(installed)) if (!name.startsWith('.')) await symlink(join(installed, name), join(modules, name), 'junction')
  await run(process.execPath, ['-e', "require('fs').renameSync('package', 'node_modules/onrecord')"])
  await writeFile(join(project, 'package.json'), '{ "type": "module" }')
  for (const name of await readdir(EXAMPLES)) await copyFile(join(EXAMPLES, name), join(project, name))
})

describe('the package', () => {
  it('holds what runs and its types, the model, the sample documents and the licence', () => {
    const needed = ['dist/library/index.js', 'dist/library/index.d.ts', 'dist/sdk/client/sdk/client.js', 'dist/sdk/client/sdk/client.d.ts', 'dist/cli/main.js']
    const more = ['dist/client/index.html', 'bin/onrecord.mjs', 'models/Xenova/bge-small-en-v1.5/onnx/model_quantized.onnx', 'corpus/sources.yaml', 'LICENSE']
    expect(packed).toEqual(expect.arrayContaining([...needed, ...more, 'NOTICE', 'README.md']))
  })

  it('holds no sources, tests, maps of sources that are not there, or notes of the compiler', () => {
    const needless = /^(?:test|bench|client|examples|docs|\.)|^dist\/(?:test|bench)\/|(?<!\.d)\.tsx?$|\.map$|\.tsbuildinfo$/
    expect(packed.filter((path) => needless.test(path))).toEqual([])
  })
})

describe('in an empty project', () => {
  it('a program that does not close its record ends all the same', async () => {
    const program = `import { openRecord } from 'onrecord'
      const record = await openRecord({ index: process.argv[2] })
      console.log((await record.ask(${JSON.stringify(QUESTION)})).status)`
    await writeFile(join(project, 'unclosed.mjs'), program)
    const { stdout } = await promisify(execFile)(process.execPath, ['unclosed.mjs', await corpusIndex()], { cwd: project, timeout: 60_000 })
    expect(stdout).toBe('answered\n')
  })

  it('the example of the README indexes a folder and answers with proven quotes', async () => {
    const said = await run(process.execPath, ['ask.mjs', CORPUS, QUESTION])
    expect(said).toMatch(/^14 documents, \d+ passages, in [\d.]+ s\nanswered\n/)
    expect(said).toContain('There are 31 boats working out of the Pool.')
    expect(said).toContain('Hesper Dunnock, 2025-05-09')
    expect(said).toContain('corpus/statements/2025-05-09-inshore-society.txt, line 15\n  verified')
    expect(said).not.toContain('NOT')
  })

  it('that with documents of LangChain quotes them', async () => {
    const said = await run(process.execPath, ['documents.mjs'])
    expect(said).toContain('The bridge will be closed in June, said Ada Lund, the town engineer.')
    expect(said).toContain('Bridge to close, https://town.example/bridge #')
  })

  it('that with a chain of LangChain gives numbered passages and their speakers', async () => {
    const said = await run(process.execPath, ['retriever.mjs', await corpusIndex(), QUESTION])
    expect(said.match(/^\[\d\] /gm)).toEqual(['[1] ', '[2] ', '[3] '])
    expect(said).toContain('Hesper Dunnock')
  })

  it('that with the client asks a server', async () => {
    const { address } = await serveCorpus()
    const said = await run(process.execPath, ['client.mjs', address, QUESTION])
    expect(said).toContain('There are 31 boats working out of the Pool.')
    expect(said).toContain(`${address}/source/`)
    expect(said.trimEnd().split('\n').at(-1)).toBe('answered')
  })

  it.each(['node16', 'bundler'])('its types are found and hold, with "moduleResolution": "%s"', async (moduleResolution) => {
    await writeFile(join(project, 'user.mts'), USER)
    const module = moduleResolution === 'bundler' ? 'esnext' : moduleResolution
    const options = { target: 'es2022', lib: 'es2023,dom,dom.iterable,esnext.disposable', types: 'node', module, moduleResolution, outDir: 'none' }
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
    const examples = (await readdir(EXAMPLES)).filter((name) => name.endsWith('.mjs'))
    const tsc = join(packageRoot(), 'node_modules', 'typescript', 'bin', 'tsc')
    const args = [tsc, '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--allowJs', '--checkJs', '--skipLibCheck', ...flags, 'user.mts', ...examples]
    expect(await run(process.execPath, args).catch((failed: { stdout: string }) => failed.stdout)).toBe('')
  })
})

const USER = `
import type { Document } from '@langchain/core/documents'
import type { BaseRetriever } from '@langchain/core/retrievers'
import type { Embeddings } from '@langchain/core/embeddings'
import { type Answer, buildIndex, OnRecordError, openRecord, type PassageMetadata } from 'onrecord'
import { type Answer as Reply, type AskEvent, createClient, ProblemError } from 'onrecord/client'

export async function library(embeddings: Embeddings, documents: Document[]) {
  const { generation, skipped } = await buildIndex({ documents, folders: ['a'], index: 'b', embeddings, onProgress: ({ bytes }) => console.log(bytes) })
  console.log(generation.length, skipped[0]?.remedy)
  await using record = await openRecord({ index: 'b', embeddings: { embeddings, name: 'mine' } })
  const answer: Answer = await record.ask('?', { filters: { after: '2025' }, history: [{ question: '?' }] })
  const found: Document<PassageMetadata>[] = await record.search('?', { k: 3 })
  const retriever: BaseRetriever = record.asRetriever()
  // @ts-expect-error
  answer.status === 'maybe'
  // @ts-expect-error
  await record.ask('?', { limits: 3 })
  return { retriever, quote: found[0]?.metadata.citation.quote.length }
}

export async function client() {
  const reply: Reply = await createClient({ url: 'x' }).ask({ question: '?', filters: { speaker: 'Ann' } })
  const events: AskEvent[] = []
  for await (const event of createClient({ url: 'x', key: 'k' }).askStream('?')) events.push(event)
  // @ts-expect-error
  reply.citations[0]?.quotes
  return (error: unknown) => (error instanceof ProblemError ? error.retryAfter : error instanceof OnRecordError ? error.code : null)
}
`
