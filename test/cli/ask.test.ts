import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { Answer } from '../../server/contract.ts'
import { temporaryFolder } from '../fixtures.ts'
import { onrecord, start } from './command.ts'

const BOATS = 'How many boats fish from the Pool?'
/** Of a document that would like to take over the terminal. */
const ESCAPES = 'boats\u001b]8;;https://evil.example\u001b\\here\u001b[31m\u009b2J\u0007'

let index: string
let folder: string
beforeAll(async () => {
  folder = join(await temporaryFolder(), 'docs')
  await mkdir(folder)
  await writeFile(
    join(folder, 'pool.md'),
    '---\noutlet: The Lantern\ndate: 2025-06-13\n---\n# The Pool\n\n“Thirty-one boats fish from the Pool,” Hesper Dunnock said on 12 June 2025.\n',
  )
  await writeFile(
    join(folder, 'council.md'),
    '---\noutlet: Council Minutes\ndate: 2024-02-01\nurl: https://example.org/minutes\n---\n# Minutes\n\nThe council counted forty boats in the Pool in winter.\n',
  )
  await writeFile(join(folder, 'hostile.txt'), `The Nose\n\nThe gulls of the Nose are called ${ESCAPES} by the fishermen.\n`)
  index = join(await temporaryFolder(), 'index')
  expect((await onrecord(['index', folder, '--index', index])).code).toBe(0)
})

/** It must be there, and it is not on Windows. */
const inTerminal = process.platform === 'win32' ? it.skip : it
const TERMINAL = { TERM: 'xterm-256color' }
const ESCAPE = '\u001b'

describe('an answer in a terminal', () => {
  it('is plain where it goes to a pipe: the quote, who said it and when, and where it stands', async () => {
    const { code, stdout } = await onrecord(['ask', BOATS, '--index', index, '--limit', '1'])
    expect(code).toBe(0)
    expect(stdout).toBe(
      '“Thirty-one boats fish from the Pool,” Hesper Dunnock said on 12 June 2025.\n  Hesper Dunnock · The Pool · The Lantern · said 2025-06-12 · 2025-06-13\n  docs/pool.md:3\n',
    )
  })

  it('has the same words in colour where that is wanted', async () => {
    const plain = await onrecord(['ask', BOATS, '--index', index])
    const coloured = await onrecord(['ask', BOATS, '--index', index], { env: { FORCE_COLOR: '1' } })
    expect(coloured.stdout).toContain(`${ESCAPE}[1m“Thirty-one boats`)
    expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout)
  })

  inTerminal('is coloured in a terminal, and not where NO_COLOR says so', async () => {
    const shown = await onrecord(['ask', BOATS, '--index', index], { terminal: true, env: TERMINAL })
    expect(shown.stdout).toContain(`${ESCAPE}[1m“Thirty-one boats`)
    const without = await onrecord(['ask', BOATS, '--index', index], { terminal: true, env: { ...TERMINAL, NO_COLOR: '1' } })
    expect(without.stdout).toContain('Thirty-one boats')
    expect(without.stdout).not.toContain(ESCAPE)
  })

  inTerminal('leads to the file, or to the address of the source, where the terminal follows links', async () => {
    const env = { ...TERMINAL, TERM_PROGRAM: 'WezTerm', NO_COLOR: '1' }
    const { stdout } = await onrecord(['ask', BOATS, '--index', index, '--outlet', 'lantern'], { terminal: true, env })
    expect(stdout).toContain(`${ESCAPE}]8;;${pathToFileURL(join(folder, 'pool.md')).href}${ESCAPE}\\docs/pool.md:3${ESCAPE}]8;;${ESCAPE}\\`)
    const council = await onrecord(['ask', 'How many boats did the council count?', '--index', index, '--outlet', 'council'], { terminal: true, env })
    expect(council.stdout).toContain(`${ESCAPE}]8;;https://example.org/minutes${ESCAPE}\\docs/council.md:`)
  })

  it('has no control characters of a document', async () => {
    const args = ['ask', 'What are the gulls of the Nose called by the fishermen?', '--index', index]
    for (const env of [{}, { FORCE_COLOR: '1', FORCE_HYPERLINK: '1' }]) {
      const { stdout } = await onrecord(args, { env: env as Record<string, string> })
      expect(stdout).toContain('evil.example')
      expect(stdout).not.toContain(`${ESCAPE}]8;;https://evil.example`)
      for (const sign of [`here${ESCAPE}`, '\u009b', '\u0007']) expect(stdout).not.toContain(sign)
    }
  })

  it('is asked with filters', async () => {
    const asked = async (...filters: string[]) =>
      Answer.parse(JSON.parse((await onrecord(['ask', 'How many boats?', '--index', index, '--json', ...filters])).stdout)).citations.map(
        ({ source }) => source.path,
      )
    expect(await asked('--outlet', 'lantern')).toEqual(['docs/pool.md'])
    expect(await asked('--before', '2025')).toEqual(['docs/council.md'])
    expect(await asked('--after', '2025-06', '--speaker', 'dunnock')).toEqual(['docs/pool.md'])
    expect(await asked('--limit', '1')).toHaveLength(1)
  })

  it.each([
    [['--after', 'yesterday'], /--after: must be YYYY, YYYY-MM or YYYY-MM-DD/],
    [['--limit', '0'], /--limit: /],
    [['--limit', 'five'], /--limit: /],
    [['--speaker', ''], /--speaker: /],
  ])('with a filter that is none (%s) is wrong usage, and names it', async (filter, says) => {
    const { code, stdout, stderr } = await onrecord(['ask', 'boats?', '--index', index, ...filter])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(says)
  })

  it('without a question and without a terminal is wrong usage', async () => {
    expect(await onrecord(['ask', '--index', index])).toMatchObject({ code: 2, stdout: '' })
  })
})

describe('a conversation', () => {
  const talking = () => start(['ask', '--index', index], { terminal: true, env: { ...TERMINAL, NO_COLOR: '1' } })

  inTerminal('answers one question after another, of which each may lean on those before it, and ends with Ctrl-D', async () => {
    const { child, ended, says } = talking()
    await says(/Ask: /)
    child.stdin?.write(`${BOATS}\n`)
    await says(/docs\/pool\.md:3/)
    child.stdin?.write('And who said that?\n')
    await says(/Understood as: /)
    child.stdin?.write('\n')
    child.stdin?.write(`${'boats '.repeat(200)}\n`)
    await says(/must have at most 1000 characters/)
    child.stdin?.write('\u0004')
    const { code, stdout } = await ended
    expect(code).toBe(0)
    expect(stdout.match(/docs\/pool\.md:3/g)?.length).toBeGreaterThan(1)
  })

  inTerminal('ends with Ctrl-C as well, at the prompt or while it is answering', async () => {
    const atPrompt = talking()
    await atPrompt.says(/Ask: /)
    atPrompt.child.stdin?.write('\u0003')
    expect((await atPrompt.ended).code).toBe(0)
    const answering = talking()
    await answering.says(/Ask: /)
    answering.child.stdin?.write(`${BOATS}\n\u0003`)
    expect((await answering.ended).code).toBe(0)
  })

  inTerminal('refuses a wrong filter before it begins', async () => {
    const { code, stdout } = await onrecord(['ask', '--index', index, '--after', 'soon'], { terminal: true, env: TERMINAL })
    expect(code).toBe(2)
    expect(stdout).toContain('--after: must be')
  })
})
