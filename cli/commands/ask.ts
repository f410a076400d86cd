import { OnRecordError } from '../../index/errors.ts'
import type { AskRequest } from '../../server/contract.ts'
import { type Command, INDEX, type Option, readArgs } from '../command.ts'

const OPTIONS = {
  index: INDEX,
  speaker: { type: 'string', value: 'NAME', what: 'Only what somebody of this name or role says, or a part of it.' },
  outlet: { type: 'string', value: 'NAME', what: 'Only what an outlet of this name published, or a part of it.' },
  after: {
    type: 'string',
    value: 'DATE',
    what: 'Only what was said, or else published, then or later: 2025, 2025-06 or 2025-06-30. The date of a mere file does not count.',
  },
  before: { type: 'string', value: 'DATE', what: 'Only what was said, or else published, before then.' },
  limit: { type: 'string', value: 'N', what: 'Quotes, at most; no more than 20.', otherwise: '5' },
  json: { type: 'boolean', what: 'Prints the answer as one object on stdout.' },
} as const satisfies Record<string, Option>

export const askCommand: Command = {
  usage: 'onrecord ask [question] [--speaker NAME] [--outlet NAME] [--after DATE] [--before DATE] [--limit N] [--index DIR] [--json]',
  about:
    'Answers a question in the terminal. Without a question it is a conversation, in which a question may lean on those before it; Ctrl-C or Ctrl-D ends it. Colour and links are for terminals; NO_COLOR and FORCE_COLOR are heard.',
  options: OPTIONS,
  examples: [
    ['onrecord ask "How many boats fish from the Pool?"', 'Prints the quotes that answer, with who said them, when and where.'],
    ['onrecord ask --speaker "harbour master" --after 2025-06 What about the silt', 'Asks only what the harbour master has said since June 2025.'],
    ['onrecord ask', 'Begins a conversation.'],
  ],
  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS)
    const { speaker, outlet, after, before, limit } = values
    const filters = { speaker, outlet, after, before }
    const asked = { filters, ...(limit !== undefined && { limit: Number(limit) }) }
    const question = positionals.join(' ')
    if (positionals.length === 0 && !values.json && !process.stdin.isTTY)
      throw new OnRecordError('USAGE', 'A conversation needs a terminal; give the question as an argument.', '')
    const talks = positionals.length === 0 && process.stdin.isTTY && process.stdout.isTTY && !values.json
    // What is wrong with a filter is said before the first question is asked.
    const request = await checked({ ...asked, question: talks ? '?' : question })
    if (talks) return (await import('../conversation.ts')).converse(request, values)
    await (await import('../ask.ts')).askInTerminal(request, values)
    return 0
  },
}

/** Throws USAGE that names what is wrong. */
async function checked(given: object): Promise<AskRequest> {
  const { AskRequest } = await import('../../server/contract.ts')
  const request = AskRequest.safeParse(given)
  if (request.success) return request.data
  const { path = [], message } = request.error.issues[0] ?? {}
  throw new OnRecordError('USAGE', path[0] === 'question' ? `The question ${message}.` : `--${String(path.at(-1))}: ${message}.`, '')
}
