import { expect, it } from 'vitest'
import { onrecord } from './command.ts'

const COMMANDS = ['index', 'worker', 'import', 'export', 'add', 'serve', 'ask', 'mcp', 'verify', 'eval', 'doctor', 'start']

it.each(COMMANDS)('%s --help tells what it does, every option with what holds without it, and examples; so does help with its name', async (command) => {
  const { code, stdout, stderr } = await onrecord([command, '--help'])
  expect([code, stderr]).toEqual([0, ''])
  expect(await onrecord(['help', command])).toEqual({ code, stdout, stderr })
  const [usage = '', about = ''] = stdout.split('\n\n')
  const examples = stdout.split('\n\nExamples:\n')[1] ?? ''
  expect(usage).toMatch(new RegExp(`^onrecord ${command}`))
  expect(about.length).toBeGreaterThan(40)
  expect(examples.match(/^ {2}\S/gm)?.length).toBeGreaterThanOrEqual(2)
  // Each option of the usage line is told.
  for (const [option] of usage.matchAll(/--[a-z-]+/g)) expect(stdout.slice(usage.length)).toMatch(new RegExp(`^ {2}${option}\\b`, 'm'))
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
})

it('help for a command that there is not is wrong usage', async () => {
  const { code, stdout, stderr } = await onrecord(['help', 'sreve'])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/there is no command "sreve"/)
})

it('help alone names every command and how to hear more of one', async () => {
  const { code, stdout } = await onrecord(['help'])
  expect(code).toBe(0)
  for (const command of COMMANDS) expect(stdout).toContain(`onrecord ${command}`)
  expect(stdout).toContain('onrecord help COMMAND')
})
