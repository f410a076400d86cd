import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { EmbedderWhenNeeded } from '../index/embedders/when-needed.ts'
import { OnRecordError } from '../index/errors.ts'
import { Admission } from '../server/admission.ts'
import type { Problem } from '../server/contract.ts'
import type { Desk } from '../server/mcp/desk.ts'
import { resourceAt } from '../server/mcp/resources.ts'
import { createMcpServer } from '../server/mcp/server.ts'
import { ProblemError } from '../server/problems.ts'
import { LiveRecord } from '../server/record.ts'
import { homeOf } from './home.ts'
import { withReranker } from './reranker.ts'
import { settings } from './settings.ts'

/** Questions at work at any time: one is embedded while another is searched for. */
const AT_ONCE = 2

/** Speaks the Model Context Protocol over standard input and output until either is closed, or SIGINT or SIGTERM comes. Resolves to the exit code. */
export async function mcp({ index }: { index?: string | undefined }): Promise<number> {
  const ended = end()
  // Standard output carries the protocol and nothing else, whatever a library has to say.
  console.log = console.info = console.debug = console.error
  const config = settings({ INDEX: index })
  // An assistant starts all that it might need: the model is loaded by the first question.
  const embedder = await EmbedderWhenNeeded.of({ model: config.EMBEDDING_MODEL, download: config.MODEL_DOWNLOAD })
  try {
    await withReranker(config, 1, without, async (rerank) => {
      const home = await homeOf(config)
      const record = new LiveRecord(home, embedder, { rerank, threshold: config.THRESHOLD })
      const { SOURCES, QUEUE: queue, DEADLINE: deadline } = config
      const admission = new Admission({ atOnce: AT_ONCE, queue, deadline })
      const desk: Desk = { record, admission, client: 'stdio', linkTo: resourceAt, SOURCES, problemOf }
      const server = createMcpServer(desk)
      server.onerror = (error) => console.error(`onrecord mcp: ${error.message}`)
      await server.connect(new StdioServerTransport())
      // It is opened while the client says hello; who asks before waits for it.
      await record.start()
      await record.use(() => {}).catch((error: unknown) => console.error(`onrecord mcp: ${problemOf(error).detail}`))
      await ended
      await server.close()
      await record.close()
      await home.close()
    })
  } finally {
    await embedder.close()
  }
  return 0
}

/** What an assistant on the same machine is told: all of what its user would be told. */
function problemOf(error: unknown): Pick<Problem, 'detail' | 'remedy'> {
  if (error instanceof ProblemError) return error.problem
  if (error instanceof OnRecordError) return { detail: error.message }
  console.error(error)
  return { detail: 'Something unforeseen failed; the standard error of onrecord mcp says what.' }
}

function without(error: unknown): void {
  console.error(`onrecord mcp: the reranker is left out: ${error instanceof Error ? error.message : String(error)}`)
}

function end(): Promise<void> {
  return new Promise((resolved) => {
    const done = () => resolved()
    process.once('SIGINT', done).once('SIGTERM', done)
    process.stdin.once('end', done).once('close', done)
    process.stdout.once('error', done)
  })
}
