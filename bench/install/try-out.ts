import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { builtServer } from '../built-server.ts'

const QUESTION = 'When did the ferry resume?'

interface Report {
  generation: string
  sources: number
  passages: number
  skipped: { path: string; code: string }[]
}

/** Uses an installation for what it is for: indexes documents of every kind, verifies the index, asks it. Throws when something of that fails. */
export async function tryOut(root: string, index: string): Promise<Pick<Report, 'sources' | 'passages'>> {
  const onrecord = (...args: string[]) => {
    const printed = execFileSync(process.execPath, [join(root, 'bin', 'onrecord.mjs'), ...args, '--index', index, '--json'], { encoding: 'utf8' })
    return JSON.parse(printed)
  }

  const { generation, sources, passages, skipped } = onrecord('index', join(root, 'corpus'), join(root, 'test', 'documents')) as Report
  // Beside each document stands what it must give, as JSON.
  const unread = skipped.filter(({ path }) => !path.endsWith('.json'))
  if (unread.length > 0) throw new Error(`it could not read ${unread.map(({ path, code }) => `${path} (${code})`).join(', ')}`)
  const files = await readdir(join(index, 'generations', generation))
  if (existsSync(join(root, 'node_modules', 'hnswlib-node')) && !files.includes('vectors.hnsw')) throw new Error('the native index is installed and not used')

  const { faults } = onrecord('verify') as { faults: string[] }
  if (faults.length > 0) throw new Error(`it verifies with ${faults.join(', ')}`)
  mustBeAnswer(onrecord('ask', QUESTION))

  const { child, address } = await builtServer(index, { root })
  try {
    const body = JSON.stringify({ question: QUESTION })
    const response = await fetch(`${address}/api/ask`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    mustBeAnswer(await response.json())
    const page = await fetch(address)
    if (!page.ok) throw new Error(`its page is answered with ${page.status}`)
  } finally {
    child.kill()
    if (child.exitCode === null) await once(child, 'exit')
  }
  return { sources, passages }
}

function mustBeAnswer(reply: unknown): void {
  const { status, citations } = reply as { status?: unknown; citations?: unknown[] }
  if (status !== 'answered' || !citations?.length) throw new Error(`it answers ${JSON.stringify(reply).slice(0, 500)}`)
}
