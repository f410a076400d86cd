import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'
import type { Answer } from '../../server/contract.ts'
import { afterFile } from '../after.ts'
import { corpusIndex, documents, index, temporaryFolder } from '../fixtures.ts'
import { BOATS, called, speaksTheProtocol } from '../mcp.ts'
import { BIN, onrecord } from './command.ts'

/** A server as assistants are told to start it. */
interface Started {
  command?: string
  args?: string[]
}

interface Assistant {
  client: Client
  /** What was printed on standard error so far. */
  said: () => string
  /** What arrived that was no message. */
  errors: Error[]
}

async function connected(args: string[], env: Record<string, string> = {}): Promise<Assistant> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [BIN, 'mcp', ...args],
    env: { PATH: process.env.PATH ?? '', ...env },
    stderr: 'pipe',
  })
  const client = new Client({ name: 'tests', version: '1' })
  const errors: Error[] = []
  let said = ''
  transport.stderr?.on('data', (text: Buffer) => {
    said += text.toString()
  })
  await client.connect(transport)
  client.onerror = (error) => void errors.push(error)
  afterFile(() => client.close())
  return { client, said: () => said, errors }
}

let assistant: Assistant
beforeAll(async () => {
  assistant = await connected(['--index', await corpusIndex()])
})

describe('onrecord mcp', () => {
  speaksTheProtocol(
    () => assistant.client,
    ({ source, start, end }) => `onrecord://source/${source.id}?start=${start}&end=${end}`,
  )

  it('links to words that the same server gives', async () => {
    const { citations } = (await called(assistant.client, 'ask', { question: BOATS })).data as Answer
    for (const { link, quote } of citations) expect((await assistant.client.readResource({ uri: link })).contents).toMatchObject([{ text: quote }])
  })

  it('prints nothing but the protocol, and nothing on standard error while all is well', () => {
    expect([assistant.said(), assistant.errors]).toEqual(['', []])
  })

  it('keeps whole sources back where it is told to', async () => {
    const { client } = await connected(['--index', await corpusIndex()], { ONRECORD_SOURCES: 'quotes' })
    expect((await client.listResources()).resources).toEqual([])
  })

  it('without an index says so, and answers once there is one', async () => {
    const place = join(await temporaryFolder(), 'none')
    const { client, said } = await connected(['--index', place])
    const { failed, texts } = await called(client, 'ask', { question: BOATS })
    expect([failed, texts[0]]).toEqual([true, expect.stringContaining('onrecord index')])
    expect(texts[0]).toContain(place)
    await expect.poll(said).toMatch(/^onrecord mcp: There is no index in .*onrecord index/)
    await index(await documents({ 'pool.txt': 'There are 31 boats in the Pool.' }), { index: place })
    await expect.poll(async () => (await called(client, 'ask', { question: 'How many boats are in the Pool?' })).failed, { timeout: 20_000 }).toBe(false)
  })

  it.each(['SIGINT', 'SIGTERM', 'stdin'] as const)('ends with 0 when it hears of its end by %s, also before it was asked anything', async (how) => {
    const child = spawn(process.execPath, [BIN, 'mcp', '--index', await corpusIndex()], { stdio: 'pipe' })
    afterFile(() => child.kill('SIGKILL'))
    child.stdin.write(
      `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } } })}\n`,
    )
    await once(child.stdout, 'data')
    if (how === 'stdin') child.stdin.end()
    else child.kill(how)
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('goes on after a line that is no message, and says so on standard error', async () => {
    const child = spawn(process.execPath, [BIN, 'mcp', '--index', await corpusIndex()], { stdio: 'pipe' })
    afterFile(() => child.kill('SIGKILL'))
    child.stdin.write(`no message\n${JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' })}\n`)
    const [[reply], [said]] = (await Promise.all([once(child.stdout, 'data'), once(child.stderr, 'data')])) as [Buffer[], Buffer[]]
    expect(JSON.parse(String(reply))).toEqual({ jsonrpc: '2.0', id: 7, result: {} })
    expect(String(said)).toMatch(/^onrecord mcp: /)
    child.stdin.end()
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('is started by the lines in its manual', async () => {
    const manual = await readFile(join(packageRoot(), 'docs', 'mcp.md'), 'utf8')
    const blocks = Array.from(manual.matchAll(/```json\n([\s\S]*?)```/g), ([, json]) => JSON.parse(json as string) as Record<string, Record<string, Started>>)
    const started = blocks.flatMap((block) => Object.values(block)).flatMap((servers) => Object.values(servers).filter(({ command }) => command !== undefined))
    expect(started.length).toBeGreaterThan(1)
    for (const { command, args = [] } of started) {
      expect([command, args[0]]).toEqual(['onrecord', 'mcp'])
      const index = await corpusIndex()
      const { client } = await connected(args.slice(1).map((arg) => arg.replace('/path/to/.onrecord', index)))
      expect((await client.listTools()).tools).toHaveLength(4)
    }
  })

  it('tells how it is used', async () => {
    const { code, stdout } = await onrecord(['mcp', '--help'])
    expect([code, stdout]).toEqual([0, expect.stringContaining('claude mcp add')])
    expect((await onrecord(['mcp', 'folder'])).code).toBe(2)
  })
})
