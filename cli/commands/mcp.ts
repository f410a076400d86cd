import { OnRecordError } from '../../index/errors.ts'
import { type Command, INDEX, type Option, readArgs } from '../command.ts'

const OPTIONS = { index: INDEX } as const satisfies Record<string, Option>

export const mcpCommand: Command = {
  usage: 'onrecord mcp [--index DIR]',
  about:
    'Answers AI assistants over standard input and output, by the Model Context Protocol: the assistant starts it. It gives them the tools ask, search, get_source and verify, and the text of every source.',
  options: OPTIONS,
  examples: [
    ['claude mcp add onrecord -- onrecord mcp --index /path/to/.onrecord', 'Tells Claude Code of it.'],
    ['"command": "onrecord", "args": ["mcp", "--index", "/path/to/.onrecord"]', 'Tells others of it, in their settings (docs/mcp.md).'],
  ],
  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS)
    if (positionals.length > 0) throw new OnRecordError('USAGE', `It takes no argument "${positionals[0]}".`, '')
    return (await import('../mcp.ts')).mcp(values)
  },
}
