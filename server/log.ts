import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'
import type { Config } from './config.ts'
import { patternOf } from './route-table.ts'
import type { Told } from './told.ts'

/** What stands in the place of a secret. */
const HIDDEN = '(hidden)'

/** A log of JSON lines that holds none of the secrets, whatever is logged: neither those named here nor bearers and passwords in addresses. */
export function createLog({ LOG_LEVEL }: Pick<Config, 'LOG_LEVEL'>, secrets: readonly string[], destination: DestinationStream): Logger {
  const asWritten = secrets.filter(Boolean).map((secret) => JSON.stringify(secret).slice(1, -1))
  const streamWrite = (line: string) =>
    asWritten
      .reduce((text, secret) => text.replaceAll(secret, HIDDEN), line)
      .replace(/\bBearer +[\w.~+/=-]+/gi, `Bearer ${HIDDEN}`)
      .replace(/(\w:\/\/[^\s:/@"]*):[^\s/@"]+@/g, `$1:${HIDDEN}@`)
  return pino({ base: null, level: LOG_LEVEL, hooks: { streamWrite }, serializers: { err: errorOf } }, destination)
}

/** Of an error nothing but what says where it happened: others may carry what was asked. */
function errorOf(error: Error) {
  const { type, message, stack, code } = stdSerializers.err(error)
  return { type, message, stack, code }
}

/** Gives every request an id, which the reply carries, and logs it in one line once it is over: how long the question was, not what it was. */
export function requestLog(log: Logger, { LOG_QUESTIONS }: Pick<Config, 'LOG_QUESTIONS'>): RequestHandler {
  return (request, response, next) => {
    const began = performance.now()
    const id = randomUUID()
    const told = response.locals as Told
    told.id = id
    response.setHeader('X-Request-Id', id)
    response.on('close', () => {
      const { question = told.question } = (request.body ?? {}) as { question?: unknown }
      const asked = typeof question === 'string' ? { question: [...question].length, ...(LOG_QUESTIONS ? { text: question } : {}) } : {}
      const citations = told.answer?.citations.length
      const ms = Math.round(performance.now() - began)
      // A client that left before the reply was whole has no status.
      const status = response.writableFinished ? response.statusCode : null
      log.info({ id, method: request.method, route: patternOf(request), status, ms, ...asked, citations }, 'request')
    })
    next()
  }
}
