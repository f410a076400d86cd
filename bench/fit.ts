import { parseArgs } from 'node:util'
import { oddsOf } from '../answer/calibration.ts'
import type { Choice } from '../answer/select.ts'
import { withMeasuredIndex } from '../cli/measured-index.ts'
import { settings } from '../cli/settings.ts'
import { askAll } from '../eval/ask-all.ts'
import { calibrate, type Labelled } from '../eval/calibrate.ts'
import { readSet } from '../eval/cases.ts'
import { type Candidates, candidatesOf, FITTED, firstOf, fitSelection } from '../eval/fit.ts'
import type { QuestionSet } from '../eval/types.ts'
import type { GenerationReader } from '../index/reader.ts'

// Fits WEIGHTS of answer/select.ts and SHIPPED of answer/calibration.ts to question sets in SQuAD's format, and prints what it did:
//   npm run fit -- --set A.json --set B.json
// Of each set two indexes are made, of every second article each; the questions about the other half are those that the record does not
// answer. Each half is also judged by weights that were fitted without its set. The weights of the decision hold for the choice as it is
// in the code: after a change of WEIGHTS, run it again.

/** Log odds that a score of 1 in answer/select.ts stands for. */
const SCALE = 50
/** Shares of wrongly refused questions at which the other refusals are told. */
const WRONGLY = [0.01, 0.02, 0.03, 0.05]

interface Half {
  name: string
  set: string
  /** The fingerprint of the embedding model. */
  model: string
  candidates: Candidates[]
  decided: Labelled[]
}

const { values } = parseArgs({ options: { set: { type: 'string', multiple: true } } })
if (!values.set) throw new Error('Name question sets: --set FILE.')
const halves: Half[] = []
for (const file of values.set) for (const half of [0, 1] as const) halves.push(await asked(await readSet(file, { half }), `${file}, half ${half + 1}`, file))
reportSelection(halves)
reportDecision(halves)

async function asked({ cases, documents }: QuestionSet, name: string, file: string): Promise<Half> {
  // Questions made unanswerable on purpose from the words of an article are no examples of what the record is silent about.
  const fitting = cases.filter(({ kind }) => kind !== 'made unanswerable')
  return withMeasuredIndex({ documents, folder: undefined, config: settings({}), quiet: true }, async ({ generation }, embedder) => {
    const half: Half = { name, set: file, model: embedder.fingerprint, candidates: [], decided: [] }
    for await (const one of askAll(generation, embedder, fitting)) {
      if (one.case.answerable) half.candidates.push(candidatesOf(one, wordsIn(generation)))
      const { evidence } = one.trace.decision
      if (evidence) half.decided.push({ evidence, answerable: one.case.answerable })
    }
    console.log(`${name}: ${half.candidates.length} questions that it answers, ${fitting.length - half.candidates.length} that it does not`)
    return half
  })
}

function wordsIn(generation: GenerationReader): (choice: Choice) => string {
  return ({ passage, start, end }) => generation.text(generation.sourceOf(passage)).slice(start, end)
}

function reportSelection(halves: Half[]): void {
  const all = fitSelection(halves.flatMap((half) => half.candidates))
  console.log('\nChoice of the sentence: listwise logistic regression on the right sentence and the right paragraph')
  console.log(`WEIGHTS ${JSON.stringify(Object.fromEntries(FITTED.map((key, i) => [key, rounded((all[i] as number) / SCALE)])))}`)
  for (const half of halves) {
    const [own, others] = [all, fitSelection(without(half, halves).flatMap((h) => h.candidates))].map((weights) => firstOf(half.candidates, weights))
    const show = (f: typeof own) => `${f?.right.toFixed(3)} (paragraph ${f?.inPlace.toFixed(3)})`
    console.log(`${half.name}: the right sentence first in ${show(own)}, by weights fitted without its set ${show(others)}`)
  }
}

function reportDecision(halves: Half[]): void {
  const fitted = (to: Half[]) =>
    calibrate(
      to[0]?.model ?? '',
      to.flatMap((half) => half.decided),
    )
  const all = fitted(halves)
  console.log('\nDecision: logistic regression, both kinds of questions weighing the same; the threshold refuses .03 of what is answered')
  console.log(`SHIPPED ${JSON.stringify(all)}`)
  for (const half of halves) {
    const weights = fitted(without(half, halves))
    const split = (calibration: typeof all) => {
      const odds = (answerable: boolean) => half.decided.filter((d) => d.answerable === answerable).map(({ evidence }) => oddsOf(evidence, calibration))
      return { own: odds(true).sort((a, b) => a - b), foreign: odds(false) }
    }
    const refused = (odds: number[], threshold: number) => odds.filter((o) => o < threshold).length / odds.length
    const { own, foreign } = split(weights)
    const curve = WRONGLY.map((share) => `${share}: ${refused(foreign, own[Math.floor(share * own.length)] as number).toFixed(3)}`)
    const now = split(all)
    const at = `at ${all.threshold} ${refused(now.foreign, all.threshold).toFixed(3)} refused, ${refused(now.own, all.threshold).toFixed(3)} wrongly`
    console.log(`${half.name}: ${at}; by weights fitted without its set, refused at a share of wrongly refused: ${curve.join(', ')}`)
  }
}

/** The halves of the other sets; of a single set, its other half. */
function without(half: Half, halves: Half[]): Half[] {
  const others = halves.filter((h) => h.set !== half.set)
  return others.length > 0 ? others : halves.filter((h) => h !== half)
}

function rounded(x: number): number {
  return Math.round(x * 1000) / 1000
}
