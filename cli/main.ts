import { OnRecordError } from '../index/errors.ts'
import { version } from '../index/version.ts'
import type { Command } from './command.ts'
import { addCommand } from './commands/add.ts'
import { askCommand } from './commands/ask.ts'
import { doctorCommand } from './commands/doctor.ts'
import { evalCommand } from './commands/eval.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { indexCommand } from './commands/index.ts'
import { mcpCommand } from './commands/mcp.ts'
import { serveCommand } from './commands/serve.ts'
import { startCommand } from './commands/start.ts'
import { verifyCommand } from './commands/verify.ts'
import { workerCommand } from './commands/worker.ts'
import { helpOf, helpOfAll } from './help.ts'

/** What a command does is loaded when it is run, and what it is called with is told without: serving needs no reader of documents. */
const COMMANDS: Record<string, Command> = {
  index: indexCommand,
  add: addCommand,
  serve: serveCommand,
  ask: askCommand,
  mcp: mcpCommand,
  verify: verifyCommand,
  eval: evalCommand,
  doctor: doctorCommand,
  worker: workerCommand,
  import: importCommand,
  export: exportCommand,
  start: startCommand,
}

/** Runs a command line. Resolves to the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function run(args: string[]): Promise<number> {
  // Whoever reads our output may go before we do.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const asksForHelp = args[0] === 'help' || args[0] === '--help' || args[0] === '-h'
  const [name, ...rest] = asksForHelp && args[1] !== undefined ? [args[1], '--help'] : args
  if (name === undefined || (asksForHelp && args[1] === undefined)) {
    console.log(helpOfAll(Object.values(COMMANDS)))
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
    console.log(helpOf(command))
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
