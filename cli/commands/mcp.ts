import { OnRecordError } from '../../index/errors.ts'
import { type Command, readArgs } from '../command.ts'

export const mcpCommand: Command = {
  usage: 'onrecord mcp [--index DIR]',
  about: `Answers AI assistants over standard input and output, by the Model Context Protocol: the assistant starts it.
      It gives them the tools ask, search, get_source and verify, and the text of every source.
      Claude Code: claude mcp add onrecord -- onrecord mcp --index /path/to/.onrecord
      Others: "command": "onrecord", "args": ["mcp", "--index", "/path/to/.onrecord"]; see docs/mcp.md.`,
  async run(args) {
    const { values, positionals } = readArgs(args, { index: { type: 'string' } })
    if (positionals.length > 0) throw new OnRecordError('USAGE', `It takes no argument "${positionals[0]}".`, '')
    return (await import('../mcp.ts')).mcp(values)
  },
}
