import { OnRecordError } from '../index/errors.ts'
import { askCommand } from './ask.ts'
import type { Command } from './command.ts'
import { doctorCommand } from './doctor.ts'
import { indexCommand } from './index.ts'
import { serveCommand } from './serve.ts'
import { startCommand } from './start.ts'
import { verifyCommand } from './verify.ts'
import { version } from './version.ts'

const COMMANDS: Record<string, Command> = {
  index: indexCommand,
  serve: serveCommand,
  ask: askCommand,
  verify: verifyCommand,
  doctor: doctorCommand,
  start: startCommand,
}

/** Runs a command line. Resolves to the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function run(args: string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    console.log(usage())
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === '-v') {
    console.log(version())
    return 0
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
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

function usage(): string {
  const lines = Object.values(COMMANDS).map((command) => `  ${command.usage}\n      ${command.about}`)
  return `onrecord: ask your documents; get the exact words, who said them, when, and where.\n\n${lines.join('\n')}\n\nSettings come from the environment (.env.example lists them); flags win.`
}
