import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { chatModelOf } from '../answer/prose/chat-model.ts'
import { afterFile } from './after.ts'

/** What was asked of the model. */
export interface ChatRequest {
  model: string
  stream: boolean
  messages: { role: string; content: string }[]
  [field: string]: unknown
}

/** What the server does with a request once it has read it. */
export type Behaviour = (response: ServerResponse, request: ChatRequest) => unknown

/** A server that speaks OpenAI's chat completions, on a free port. */
export interface ChatServer {
  /** http://127.0.0.1:41234/v1 */
  url: string
  requests: ChatRequest[]
  /** The Authorization headers of the requests. */
  keys: (string | undefined)[]
  /** Connections whose client hung up before the reply was whole. */
  left: () => number
  /** What it does from now on. */
  behave: (behaviour: Behaviour) => void
}

export async function chatServer(first: Behaviour = writes()): Promise<ChatServer> {
  let behaviour = first
  let left = 0
  const requests: ChatRequest[] = []
  const keys: (string | undefined)[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    requests.push(JSON.parse(body) as ChatRequest)
    keys.push(request.headers.authorization)
    response.on('close', () => {
      if (!response.writableFinished) left++
    })
    response.on('error', () => {})
    await behaviour(response, requests.at(-1) as ChatRequest)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterFile(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    keys,
    left: () => left,
    behave: (next) => {
      behaviour = next
    },
  }
}

/** The model of a server, through LangChain's OpenAI client. */
export function modelAt({ url }: Pick<ChatServer, 'url'>, key = ''): Promise<BaseChatModel> {
  return chatModelOf({ model: 'openai:test', url, key })
}

/** The settings of a server whose model always writes these lines. */
export async function writing(...lines: string[]): Promise<Record<string, string>> {
  const { url } = await chatServer(writes(...lines))
  return { ONRECORD_CHAT_MODEL: 'openai:test', ONRECORD_CHAT_URL: url }
}

/** The line that a model is asked to write for a sentence. */
export function line(text: string, ...citations: number[]): string {
  return `${JSON.stringify({ text, citations })}\n`
}

/** Streams these lines in pieces of seven characters, and says what it used. */
export function writes(...lines: string[]): Behaviour {
  return (response) => {
    begin(response)
    for (const piece of lines.join('').match(/[\s\S]{1,7}/g) ?? []) response.write(chunk(piece))
    response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }))
    response.write(event({ choices: [], usage: { prompt_tokens: 70, completion_tokens: 30, total_tokens: 100 } }))
    response.end('data: [DONE]\n\n')
  }
}

/** Writes these lines, then holds its reply until it is let go. */
export function holds(...lines: string[]): { behaviour: Behaviour; release: () => void } {
  let release = () => {}
  const promise = new Promise<void>((resolve) => {
    release = resolve
  })
  const behaviour: Behaviour = async (response) => {
    begin(response)
    for (const each of lines) response.write(chunk(each))
    await promise
    response.end('data: [DONE]\n\n')
  }
  return { behaviour, release: () => release() }
}

export const fails =
  (status: number): Behaviour =>
  (response) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error: { message: 'the prompt was: secret words', type: 'x' } }))

/** Breaks off in the middle of a line. */
export const breaksOff =
  (...lines: string[]): Behaviour =>
  (response) => {
    begin(response)
    for (const each of lines) response.write(chunk(each))
    response.write(chunk('{"text": "And then'))
    setImmediate(() => response.destroy())
  }

/** Writes the same again and again until nobody listens. */
export const endless =
  (text: string): Behaviour =>
  (response) => {
    begin(response)
    const writing = setInterval(() => {
      for (let i = 0; i < 50; i++) response.write(chunk(text))
    }, 1)
    response.on('close', () => clearInterval(writing))
  }

/** Replies with something that is no completion. */
export const nonsense: Behaviour = (response) => response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('data: <html>hello\n\ndata: {"a":1}\n\n')

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  response.write(event({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] }))
}

function chunk(content: string): string {
  return event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })
}

function event(fields: object): string {
  return `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'test', ...fields })}\n\n`
}
