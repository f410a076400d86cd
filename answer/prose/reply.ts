import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { BaseMessageLike } from '@langchain/core/messages'

/** How a model failed to reply, as it is counted and logged. */
export type Failure = 'timeout' | 'left' | 'unreachable' | 'unauthorised' | 'limited' | 'http' | 'too-long' | 'broken'

/** A model that failed. It holds nothing of what was sent or received, nor what a library says about it. */
export class ModelFailed extends Error {
  readonly kind: Failure
  constructor(kind: Failure) {
    super(`the language model failed: ${kind}`)
    this.name = 'ModelFailed'
    this.kind = kind
  }
}

export interface Tokens {
  in: number
  out: number
}

export interface ReplyOptions {
  signal: AbortSignal
  /** Characters of a reply, at most, and its pieces: some models think in pieces that have no text. */
  longest: number
  /** Is told what the model says that it read and wrote. */
  used: (tokens: Tokens) => void
}

/** What a model replies, as it comes. Throws ModelFailed. Whoever stops reading, or aborts, ends the call. */
export async function* reply(model: BaseChatModel, messages: BaseMessageLike[], { signal, longest, used }: ReplyOptions): AsyncGenerator<string> {
  const ending = new AbortController()
  const aborted = new Promise<never>((_, reject) => {
    const end = () => {
      ending.abort()
      reject(new ModelFailed(isTimeout(signal.reason) ? 'timeout' : 'left'))
    }
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true, signal: ending.signal })
  })
  aborted.catch(() => {})
  // A library may ignore the signal: then it is left alone with its reply.
  const orAborted = <T>(work: Promise<T>): Promise<T> => {
    work.catch(() => {})
    return Promise.race([aborted, work])
  }
  let [length, pieces] = [0, 0]
  try {
    const chunks = (await orAborted(model.stream(messages, { signal: ending.signal })))[Symbol.asyncIterator]()
    for (let next = await orAborted(chunks.next()); !next.done; next = await orAborted(chunks.next())) {
      const { text, usage_metadata: usage } = next.value
      if (usage) used({ in: usage.input_tokens, out: usage.output_tokens })
      length += text.length
      if (length > longest || ++pieces > longest) throw new ModelFailed('too-long')
      if (text) yield text
    }
  } catch (error) {
    throw error instanceof ModelFailed ? error : new ModelFailed(length > 0 ? 'broken' : kindOf(error))
  } finally {
    ending.abort()
  }
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
}

const NO_CONNECTION = /^(?:ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EPIPE|UND_ERR|CERT_|ERR_TLS)/

function kindOf(error: unknown): Failure {
  for (let each = error; typeof each === 'object' && each !== null; each = (each as { cause?: unknown }).cause) {
    const { status, code } = each as { status?: unknown; code?: unknown }
    if (status === 401 || status === 403) return 'unauthorised'
    if (status === 429) return 'limited'
    if (typeof status === 'number') return 'http'
    if (typeof code === 'string' && NO_CONNECTION.test(code)) return 'unreachable'
  }
  return 'broken'
}
