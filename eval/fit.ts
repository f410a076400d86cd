import type { Choice, Features } from '../answer/select.ts'
import type { Asked } from './ask-all.ts'
import { type Group, listwise } from './regression.ts'
import type { Case } from './types.ts'
import { squash } from './words.ts'

type FittedFeature = Exclude<keyof Features, 'heading'>
/** Headings never answer in these sets: what a heading loses is set by hand. */
export const FITTED: FittedFeature[] = ['sentence', 'passage', 'retrieval', 'lexical', 'words', 'passageCoverage', 'passagePhrases', 'type']

/** How much more the right paragraph weighs than the right sentence: neighbours join a quote, another paragraph never does. */
const PARAGRAPH = 10

/** The choices of one answerable question, as the fit sees them. */
export interface Candidates {
  choices: Choice[]
  /** Does it hold an accepted answer, in the right paragraph? Does it lie in that paragraph? */
  right: boolean[]
  inPlace: boolean[]
}

/** The choices of an answer to a question in SQuAD's format; `textOf` gives the words of a choice. */
export function candidatesOf({ case: one, trace }: Asked, textOf: (choice: Choice) => string): Candidates {
  const words = trace.choices.map((choice) => squash(textOf(choice)))
  const lies = (text: string, { within }: Case['gold'][number]) => within === null || within.includes(text)
  return {
    choices: trace.choices,
    inPlace: words.map((text) => one.gold.some((gold) => lies(text, gold))),
    right: words.map((text) => one.gold.some((gold) => lies(text, gold) && gold.accepted.some((answer) => text.includes(answer)))),
  }
}

/** The weights of the features that put the right sentence, and the right paragraph, first most often; their scale is that of log odds. */
export function fitSelection(questions: Candidates[]): number[] {
  const rows = ({ choices }: Candidates) => choices.map(({ features }) => FITTED.map((key) => features[key]))
  const groups: Group[] = questions.flatMap((question) => {
    const features = rows(question)
    return [
      { features, right: question.right, weight: 1 },
      { features, right: question.inPlace, weight: PARAGRAPH },
    ]
  })
  return listwise(groups)
}

/** How often the first sentence by some weights is right, and lies in the right paragraph. */
export function firstOf(questions: Candidates[], weights: number[]): { right: number; inPlace: number } {
  const hits = { right: 0, inPlace: 0 }
  for (const { choices, right, inPlace } of questions) {
    let best = 0
    let most = Number.NEGATIVE_INFINITY
    choices.forEach(({ features }, i) => {
      const score = FITTED.reduce((sum, key, k) => sum + features[key] * (weights[k] as number), 0)
      if (score > most) [best, most] = [i, score]
    })
    if (right[best]) hits.right++
    if (inPlace[best]) hits.inPlace++
  }
  return { right: hits.right / questions.length, inPlace: hits.inPlace / questions.length }
}
