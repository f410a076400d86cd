import { measured } from './figure.ts'
import { quantile } from './measures.ts'
import type { Figure, Judged } from './run.ts'

/** How long answers took: whole, against embedding the question alone in the same run, and by stage. */
export function times(judged: Judged[]): Figure[] {
  const spread = (name: string, about: string, values: number[]) => [
    measured('times', `${name} p50`, about, 'ms', values, quantile(values, 0.5)),
    measured('times', `${name} p95`, about, 'ms', values, quantile(values, 0.95)),
  ]
  const [asks, embeds] = [judged.map(({ ms }) => ms), judged.map(({ embedMs }) => embedMs)]
  const [ask, embed] = [quantile(asks, 0.5), quantile(embeds, 0.5)]
  const stages = [...new Set(judged.flatMap(({ stages }) => Object.keys(stages)))]
  return [
    ...spread('ask', 'a whole answer', asks),
    ...spread('embedding alone', 'the same question, in the same run', embeds),
    measured('times', 'ask / embedding', 'of the medians', 'times', judged, ask !== null && embed ? ask / embed : null),
    ...stages.flatMap((stage) =>
      spread(
        `stage ${stage}`,
        'of an answer',
        judged.flatMap(({ stages: s }) => s[stage] ?? []),
      ),
    ),
  ]
}
