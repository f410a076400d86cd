import { Router } from 'express'
import type { Logger } from 'pino'
import type { Admission } from '../admission.ts'
import type { Config } from '../config.ts'
import type { Problem } from '../contract.ts'
import type { Desk } from '../mcp/desk.ts'
import { JsonRpc } from '../openai/described.ts'
import { INDEX_PROBLEMS, type Operations } from '../openapi/operation.ts'
import { loggedProblem } from '../problems.ts'
import type { LiveRecord } from '../record.ts'
import type { Told } from '../told.ts'
import { leaving, linkTo } from './request.ts'

/** Where the Model Context Protocol is spoken. */
export const MCP = '/mcp'

/** JSON-RPC's codes: what was sent is no JSON, is no request, or is refused. */
const [PARSE_ERROR, INVALID_REQUEST, REFUSED] = [-32700, -32600, -32000]

export const mcpOperations: Operations = {
  'POST /mcp': {
    id: 'mcp',
    tag: 'Protocols',
    summary: 'The Model Context Protocol over streamable HTTP.',
    description: 'Tools ask, search, get_source and verify, and the sources as resources; without sessions, and each reply as one JSON object.',
    body: { schema: JsonRpc, examples: { list: { jsonrpc: '2.0', id: 1, method: 'tools/list' } } },
    reply: { about: 'The reply, or an error of JSON-RPC.', content: { 'application/json': { schema: JsonRpc } } },
    others: {
      202: { about: 'A notification was taken.' },
      406: { about: 'The client must accept application/json and text/event-stream.', content: { 'application/json': { schema: JsonRpc } } },
    },
    errors: { schema: JsonRpc, example: jsonRpcError },
    problems: INDEX_PROBLEMS,
  },
}

/**
 * POST /mcp: the Model Context Protocol over streamable HTTP. Every request has a server and a transport of its own, so that there is no
 * session to keep, and a reply is one JSON object.
 */
export function mcpRoute(record: LiveRecord, admission: Admission, log: Logger, config: Pick<Config, 'BASE_PATH' | 'SOURCES'>): Router {
  return Router().post(MCP, async (request, response) => {
    // The protocol has had no batches since 2025-06-18; with them, one request that the limits count would ask many questions.
    if (Array.isArray(request.body)) {
      response.status(400).json(errorOf(INVALID_REQUEST, 'Messages must be sent one at a time.'))
      return
    }
    const gone = leaving(request, response)
    if (gone.aborted) return
    const told = response.locals as Told
    const desk: Desk = {
      record,
      admission,
      client: told.client,
      linkTo: linkTo(request, config),
      SOURCES: config.SOURCES,
      problemOf(error) {
        const problem = loggedProblem(error, request, log)
        told.problem = problem.type
        return problem
      },
      onQuestion: (question) => {
        told.question = question
      },
      onAnswer: (answer) => {
        told.answer = answer
      },
    }
    // Loaded when somebody first speaks it: a server without such clients starts sooner.
    const [{ createMcpServer }, { StreamableHTTPServerTransport }] = await Promise.all([
      import('../mcp/server.ts'),
      import('@modelcontextprotocol/sdk/server/streamableHttp.js'),
    ])
    // What has happened is not told to who listens later.
    if (gone.aborted) return
    const server = createMcpServer(desk)
    // What it works on is given up.
    gone.addEventListener('abort', () => void server.close())
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
    await server.connect(transport)
    await transport.handleRequest(request, response, request.body ?? null)
  })
}

/** A problem as JSON-RPC has errors; `data` holds it whole. */
export function jsonRpcError(problem: Problem) {
  const code = problem.type.endsWith(':not-json') ? PARSE_ERROR : REFUSED
  return errorOf(code, [problem.detail, problem.remedy].filter(Boolean).join(' '), problem)
}

function errorOf(code: number, message: string, data?: Problem) {
  return { jsonrpc: '2.0', id: null, error: { code, message, data } }
}
