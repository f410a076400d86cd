import type { CallToolResult, Tool as Definition } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod/v4'
import type { Desk } from './desk.ts'

interface Made<Input, Output extends Record<string, unknown>> {
  name: string
  title: string
  description: string
  input: z.ZodType<Input>
  output: z.ZodType<Output>
  run: (input: Input, desk: Desk, gone: AbortSignal) => Promise<Output>
  /** The same for a model that reads only text, in blocks. */
  inWords: (output: Output) => string[]
}

export interface Tool {
  definition: Definition
  call: (input: unknown, desk: Desk, gone: AbortSignal) => Promise<CallToolResult>
}

/** Characters of what is wrong with a call, at most. */
const MOST = 1000

/** A tool that reads and changes nothing. What is wrong with a call of it is a result that a model can read and mend, as the protocol has it. */
export function tool<Input, Output extends Record<string, unknown>>({ input, output, run, inWords, ...about }: Made<Input, Output>): Tool {
  const schema = (of: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(of, { target: 'draft-7', io }) as Definition['inputSchema']
  return {
    definition: {
      ...about,
      inputSchema: schema(input, 'input'),
      outputSchema: schema(output, 'output'),
      annotations: { title: about.title, readOnlyHint: true, openWorldHint: false },
    },
    async call(given, desk, gone) {
      const read = input.safeParse(given ?? {})
      if (!read.success) return failed(`The arguments are wrong. ${z.prettifyError(read.error)}`.slice(0, MOST))
      try {
        const reply = await run(read.data, desk, gone)
        return { structuredContent: reply, content: inWords(reply).map((text) => ({ type: 'text', text })) }
      } catch (error) {
        if (gone.aborted) throw error
        const { detail, remedy } = desk.problemOf(error)
        return failed([detail, remedy].filter(Boolean).join(' '))
      }
    },
  }
}

function failed(text: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text }] }
}
