import { mean, quantile } from '../../eval/measures.ts'
import { type Figure, type Part, ratios } from './figure.ts'
import type { SearchTimes } from './search-times.ts'

/** What a round measured: ms a question, the answers' own times by stage, and questions a second. */
export interface Round {
  asks: number[]
  embeds: number[]
  answers: Record<string, number>[]
  bare: number
  perSecond: number
  repeated: number
}

export function figuresOf(rounds: Round[], memory: number, searched: SearchTimes): Pick<Part, 'figures' | 'stages'> {
  const at = (share: number, of: (round: Round) => number[]) => rounds.map((round) => quantile(of(round), share) as number)
  const ask = { p50: at(0.5, ({ asks }) => asks), p95: at(0.95, ({ asks }) => asks) }
  const embed = { p50: at(0.5, ({ embeds }) => embeds), p95: at(0.95, ({ embeds }) => embeds) }
  const [bare, perSecond, repeated] = [rounds.map((r) => r.bare), rounds.map((r) => r.perSecond), rounds.map((r) => r.repeated)]
  const one = 'one client, distinct questions'
  const many = '16 clients, distinct questions'
  const figures: Figure[] = [
    { name: 'a question over HTTP, p50', about: one, unit: 'ms', values: ask.p50 },
    { name: 'a question over HTTP, p95', about: one, unit: 'ms', values: ask.p95 },
    { name: 'embedding it alone, p50', about: 'in this process', unit: 'ms', values: embed.p50 },
    { name: 'embedding it alone, p95', about: 'in this process', unit: 'ms', values: embed.p95 },
    { name: 'a question / embedding it, p50', about: one, unit: 'times', values: ratios(ask.p50, embed.p50), target: { most: 1.4 }, worse: 'more' },
    { name: 'a question / embedding it, p95', about: one, unit: 'times', values: ratios(ask.p95, embed.p95), target: { most: 2 }, worse: 'more' },
    { name: 'distinct questions a second', about: many, unit: 'questions/s', values: perSecond },
    { name: 'bare sessions, questions a second', about: 'as many threads as the server has', unit: 'questions/s', values: bare },
    { name: 'distinct questions / bare sessions', about: many, unit: 'times', values: ratios(perSecond, bare), target: { least: 0.8 }, worse: 'less' },
    { name: 'repeated questions a second', about: '16 clients, 20 questions', unit: 'questions/s', values: repeated, target: { least: 2000 } },
    { name: 'searching by words', about: 'beside embedding', unit: 'ms', values: [searched.lexical] },
    { name: 'memory of the server', about: 'RSS, after 1,000 questions', unit: 'MB', values: [memory], target: { most: 450 } },
  ]
  return { figures, stages: { title: 'A question over HTTP: time by stage', shares: sharesOf(rounds, searched.dense) } }
}

/** What the answers tell of their stages, the search by vector as it was measured, and what HTTP takes beyond them. */
function sharesOf(rounds: Round[], dense: number): Record<string, number> {
  const answers = rounds.flatMap((round) => round.answers)
  const whole = mean(rounds.flatMap(({ asks }) => asks)) as number
  const of = (stage: string) => mean(answers.map((timings) => timings[stage] ?? 0)) as number
  const told = mean(answers.map((timings) => Object.values(timings).reduce((sum, ms) => sum + ms, 0))) as number
  const ms = {
    'embed, lexical beside it': of('embed'),
    dense,
    'join both': Math.max(0, of('retrieve') - dense),
    choose: of('select'),
    decide: of('decide'),
    cite: of('cite'),
    'serialise and HTTP': whole - told,
  }
  return Object.fromEntries(Object.entries(ms).map(([stage, each]) => [stage, each / whole]))
}
