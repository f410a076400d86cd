import type { Request, RequestHandler, Response } from 'express'
import { Router } from 'express'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Failure, Tokens } from '../answer/prose/reply.ts'
import type { Dropped } from '../answer/prose/write.ts'
import type { Admission } from './admission.ts'
import type { Operations } from './openapi/operation.ts'
import type { LiveRecord } from './record.ts'
import { patternOf } from './route-table.ts'
import type { Told } from './told.ts'

/** Seconds, from a word that the cache knows to a question that has waited long. */
const BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** The status of a request whose client left before it had the reply, as nginx logs it. */
const LEFT = 499

export const metricsOperations: Operations = {
  'GET /metrics': {
    id: 'metrics',
    tag: 'Operation',
    summary: 'What is counted and measured, for Prometheus.',
    description: 'On the machine of the server only, unless ONRECORD_METRICS=1; then with a key, where there are keys.',
    reply: { about: 'In the text format of Prometheus.', content: { 'text/plain': { example: 'onrecord_ready 1' } } },
    problems: ['metrics-closed', 'key-needed'],
  },
}

/** What is counted and measured, for Prometheus. No label holds what a client sends: neither a path, nor a question, nor an address. */
export class Metrics {
  private readonly registry = new Registry()
  private readonly requests = this.counter('requests_total', 'Requests by route, method and status (499: the client left).', ['route', 'method', 'status'])
  private readonly seconds = this.histogram('request_seconds', 'Time from a request to the end of its reply.', ['route'])
  private readonly refusals = this.counter('refusals_total', 'Problems by the last part of their type.', ['reason'])
  private readonly answers = this.counter('answers_total', 'Answers by status.', ['status'])
  private readonly stages = this.histogram('answer_stage_seconds', 'Time of the stages of an answer.', ['stage'])
  private readonly waits = this.histogram('queue_wait_seconds', 'Time that a question waited before its answer was begun.', [])

  private readonly sentences = this.counter('prose_sentences_total', 'Sentences of a language model: kept, or dropped and why.', ['outcome'])
  private readonly tokens = this.counter('chat_model_tokens_total', 'Tokens that the language model read and wrote, as far as it tells.', ['direction'])
  private readonly failures = this.counter('chat_model_failures_total', 'Calls of the language model that failed, by how.', ['kind'])

  /** Is told what comes of what a language model writes. */
  readonly prose = {
    kept: (): void => this.sentences.inc({ outcome: 'kept' }),
    dropped: (why: Dropped): void => this.sentences.inc({ outcome: why }),
    failed: (kind: Failure | 'busy'): void => this.failures.inc({ kind }),
    used: (tokens: Tokens): void => {
      this.tokens.inc({ direction: 'in' }, tokens.in)
      this.tokens.inc({ direction: 'out' }, tokens.out)
    },
  }

  /** Is told how many seconds a question waited. */
  readonly waited = (seconds: number): void => this.waits.observe(seconds)

  /** Measures the process as well: memory, the event loop's delay, the collection of garbage. Once a process. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry })
  }

  watch(admission: Admission, record: LiveRecord): void {
    this.gauge('queue_length', 'Questions that wait.', [], (gauge) => gauge.set(admission.waiting))
    this.gauge('answers_at_work', 'Answers at work.', [], (gauge) => gauge.set(admission.working))
    const held = () => record.use(({ id }, { degraded }) => ({ id, degraded })).catch(() => null)
    this.gauge('ready', '1 when the index answers.', [], async (gauge) => gauge.set((await held()) ? 1 : 0))
    this.gauge('index_degraded', '1 when the newest index is damaged and answers come from the one before.', [], async (gauge) =>
      gauge.set((await held())?.degraded ? 1 : 0),
    )
    this.gauge('generation_info', 'The generation that answers come from.', ['generation'], async (gauge) => {
      gauge.reset()
      const generation = (await held())?.id
      if (generation !== undefined) gauge.set({ generation }, 1)
    })
  }

  /** Stands before every route. */
  measure(): RequestHandler {
    return (request, response, next) => {
      const began = performance.now()
      response.on('close', () => this.note(request, response, (performance.now() - began) / 1000))
      next()
    }
  }

  /** GET /metrics */
  route(): Router {
    return Router().get('/metrics', async (_request, response) => {
      response.setHeader('Cache-Control', 'no-store')
      response.type(this.registry.contentType).send(await this.registry.metrics())
    })
  }

  private note(request: Request, response: Response, seconds: number): void {
    const route = patternOf(request) ?? 'other'
    const { answer, problem } = response.locals as Told
    this.requests.inc({ route, method: request.method, status: response.writableFinished ? response.statusCode : LEFT })
    this.seconds.observe({ route }, seconds)
    if (problem !== undefined) this.refusals.inc({ reason: problem.slice(problem.lastIndexOf(':') + 1) })
    if (answer === undefined) return
    this.answers.inc({ status: answer.status })
    for (const [stage, ms] of Object.entries(answer.timings)) this.stages.observe({ stage }, ms / 1000)
  }

  private counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name: `onrecord_${name}`, help, labelNames, registers: [this.registry] })
  }

  private histogram<Label extends string>(name: string, help: string, labelNames: Label[]): Histogram<Label> {
    return new Histogram({ name: `onrecord_${name}`, help, labelNames, buckets: BUCKETS, registers: [this.registry] })
  }

  private gauge<Label extends string>(name: string, help: string, labelNames: Label[], collect: (gauge: Gauge<Label>) => unknown): Gauge<Label> {
    return new Gauge({
      name: `onrecord_${name}`,
      help,
      labelNames,
      registers: [this.registry],
      async collect() {
        await collect(this)
      },
    })
  }
}
