import { OnRecordError } from '../../index/errors.ts'
import { type Command, readArgs } from '../command.ts'

export const askCommand: Command = {
  usage: 'onrecord ask <question> [--index DIR] [--json]',
  about: 'Answers a question in the terminal.',
  async run(args) {
    const { values, positionals } = readArgs(args, { index: { type: 'string' }, json: { type: 'boolean' } })
    const { AskRequest } = await import('../../server/contract.ts')
    const request = AskRequest.safeParse({ question: positionals.join(' ') })
    if (!request.success) throw new OnRecordError('USAGE', `The question ${request.error.issues[0]?.message}.`, '')
    const { askInTerminal } = await import('../ask.ts')
    await askInTerminal(request.data.question, values)
    return 0
  },
}
