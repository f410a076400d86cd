import { OnRecordError } from '../index/errors.ts'
import type { Command } from './command.ts'
import { version } from './version.ts'

/** Each command is loaded when it is run: serving needs no reader of documents, and is ready sooner without. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  index: async () => (await import('./index.ts')).indexCommand,
  add: async () => (await import('./add.ts')).addCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  ask: async () => (await import('./ask.ts')).askCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  eval: async () => (await import('./eval.ts')).evalCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  start: async () => (await import('./start.ts')).startCommand,
}

/** Runs a command line. Resolves to the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function run(args: string[]): Promise<number> {
  // Whoever reads our output may go before we do.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    console.log(await usage())
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === '-v') {
    console.log(version())
    return 0
  }
  const command = Object.hasOwn(COMMANDS, name) ? await COMMANDS[name]?.() : undefined
  if (!command) {
    console.error(`onrecord: there is no command "${name}". Commands: ${Object.keys(COMMANDS).join(', ')}.`)
    return 2
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(`${command.usage}\n\n${command.about}`)
    return 0
  }
  try {
    return await command.run(rest)
  } catch (error) {
    if (error instanceof OnRecordError) {
      console.error(`onrecord ${name}: ${error.message}`)
      if (error.code === 'USAGE') console.error(`Usage: ${command.usage}`)
      return error.code === 'USAGE' ? 2 : 1
    }
    console.error(`onrecord ${name}: something unforeseen failed; please report it.`)
    console.error(error)
    return 1
  }
}

async function usage(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()))
  const lines = commands.map((command) => `  ${command.usage}\n      ${command.about}`)
  return `onrecord: ask your documents; get the exact words, who said them, when, and where.\n\n${lines.join('\n')}\n\nSettings come from the environment (.env.example lists them); flags win.`
}
