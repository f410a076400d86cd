import { execFileSync } from 'node:child_process'
import { appendFile, open, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../server/contract.ts'
import { documents, temporaryFolder } from '../fixtures.ts'
import { serving, start } from './command.ts'

const DOCS = { 'a.txt': 'The harbour was dredged in May 2025.', 'b.txt': 'Bread is baked from flour, water and yeast.' }

describe('onrecord index --watch', () => {
  it('indexes what changes, a burst at once, a file once it is whole, and ends with 0 when it is told to stop', { timeout: 90_000 }, async () => {
    const folder = await documents(DOCS)
    const { child, says, ended } = start(['index', folder, '--index', join(await temporaryFolder(), 'index'), '--watch', '--json'])
    const reports = async (count: number) => {
      const said = await says(new RegExp(`^(.*\\n){${count}}`))
      return said
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { sources: number; embedded: number; skipped: { path: string }[] })
    }
    expect(await reports(1)).toMatchObject([{ sources: 2, embedded: 2 }])

    for (let i = 0; i < 5; i++) await writeFile(join(folder, `new-${i}.txt`), `Boat ${i} is in the harbour.`)
    await rm(join(folder, 'b.txt'))
    expect((await reports(2))[1]).toMatchObject({ sources: 6, embedded: 5 })

    // As an editor that writes in parts, and one that writes beside and renames.
    const file = await open(join(folder, 'slow.txt'), 'w')
    await file.write('The bar was shut ')
    await wait(150)
    await file.write('until noon.')
    await file.close()
    expect((await reports(3))[2]).toMatchObject({ sources: 7, embedded: 1 })
    await writeFile(join(folder, '.a.txt.swp'), 'The harbour was dredged in June 2025.')
    await rename(join(folder, '.a.txt.swp'), join(folder, 'a.txt'))
    await writeFile(join(folder, 'bad.txt'), Buffer.from([0, 1, 2, 3]))
    expect((await reports(4))[3]).toMatchObject({ sources: 7, embedded: 1, skipped: [{ path: 'docs/bad.txt' }] })

    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
  })

  it('goes on when there is nothing to index', async () => {
    const folder = await documents({ 'a.png': 'x' })
    const { child, says, ended } = start(['index', folder, '--index', join(await temporaryFolder(), 'index'), '--watch'])
    await says(/Nothing was indexed/)
    await writeFile(join(folder, 'a.txt'), DOCS['a.txt'])
    await says(/Indexed 1 document/)
    child.kill('SIGINT')
    expect((await ended).code).toBe(0)
  })
})

describe('onrecord serve --watch', () => {
  it('answers from what is saved, and leaves nothing behind when it is killed', { timeout: 90_000 }, async () => {
    const folder = await documents(DOCS)
    const { child, address } = await serving(['--index', join(await temporaryFolder(), 'index'), '--watch', folder])
    const answered = async (question: string, words: string) => {
      for (;;) {
        const response = await fetch(`${address}/api/ask`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ question }),
        })
        if (response.status === 200 && ((await response.json()) as Answer).citations.some(({ quote }) => quote.includes(words))) return
        await wait(100)
      }
    }
    await answered('When was the harbour dredged?', 'May 2025')
    await appendFile(join(folder, 'b.txt'), '\n\nThe ferry to Longrock costs four pounds.')
    await answered('What does the ferry to Longrock cost?', 'four pounds')

    child.kill('SIGKILL')
    const watchers = () =>
      execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line.includes('--watch') && line.includes(folder))
    expect(watchers()).not.toEqual([])
    while (watchers().length > 0) await wait(50)
  })
})
