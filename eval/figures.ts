import { probabilityOf } from '../answer/calibration.ts'
import { byKind, counted, measured, share } from './figure.ts'
import {
  type Bin,
  type CurvePoint,
  calibrationError,
  mean,
  ndcg,
  quantile,
  recallAt,
  reciprocalRank,
  refusalArea,
  refusalCurve,
  reliability,
} from './measures.ts'
import type { Figure, Judged } from './run.ts'
import { times } from './times.ts'

/** Every figure that the questions give; those that no question asks for are left out. */
export function figuresOf(judged: Judged[]): Figure[] {
  return [...retrieval(judged), ...quotes(judged), ...refusals(judged), ...attribution(judged), ...proof(judged), ...times(judged)].filter(({ of }) => of > 0)
}

/** The refusals at every threshold; empty unless there are questions with and without an answer. */
export function refusalsOf(judged: Judged[]): CurvePoint[] {
  const absent = unanswerableOf(judged)
  const asked = answerableOf(judged)
  const odds = (questions: Judged[]) => questions.map((q) => q.odds)
  return asked.length > 0 && absent.length > 0 ? refusalCurve(odds(asked), odds(absent)) : []
}

/** The predicted probability that the record answers against whether the first quote, shown or only nearest, is right. */
export function reliabilityOf(judged: Judged[]): Bin[] {
  return reliability(judged.flatMap(({ odds, quotes }) => (odds === null ? [] : [{ probability: probabilityOf(odds), right: quotes[0]?.right === true }])))
}

export const isRefused = ({ status }: Judged) => status === 'not-on-record'
/** Is the first quote that is shown right? */
export const isFirstRight = (q: Judged) => !isRefused(q) && q.quotes[0]?.right === true
/** Is what is wanted among the first quotes that are shown? */
export const isRightAmongFirst = (q: Judged) => !isRefused(q) && q.rightAmongFirst

const answerableOf = (judged: Judged[]) => judged.filter((q) => q.answerable)
/** A question with a wrong name may be answered in part: it is counted by itself. */
const unanswerableOf = (judged: Judged[]) => judged.filter((q) => !q.answerable && !q.namesMissing)

function retrieval(judged: Judged[]): Figure[] {
  const asked = answerableOf(judged)
  const recall = (k: number) =>
    share(
      'retrieval',
      `R@${k}`,
      `a right passage is among the first ${k}`,
      asked.reduce((sum, q) => sum + recallAt(q.wantedRanks, k), 0),
      asked.length,
    )
  return [
    { ...recall(1), about: 'a right passage is retrieved first' },
    recall(5),
    recall(10),
    measured('retrieval', 'MRR@10', '1 / the rank of the first right passage', 'mean', asked, mean(asked.map((q) => reciprocalRank(q.wantedRanks, 10)))),
    measured('retrieval', 'nDCG@10', 'right passages by their ranks', 'mean', asked, mean(asked.map((q) => ndcg(q.rightRanks, q.rightPassages, 10)))),
  ]
}

function quotes(judged: Judged[]): Figure[] {
  const asked = answerableOf(judged)
  const shown = asked.filter((q) => !isRefused(q))
  const lengths = shown.flatMap(({ quotes: [first] }) => (first ? [first.quote.length] : []))
  return [
    counted('quotes', 'passage@1', 'the first quote lies in the right paragraph or document', asked, (q) => !isRefused(q) && q.quotes[0]?.inPlace === true),
    counted('quotes', 'quote@1', 'the first quote is right', asked, isFirstRight),
    counted('quotes', 'quote@3', 'one of the first three is; of several wanted, all are among the first four', asked, isRightAmongFirst),
    counted('quotes', 'quote@1 of the answered', 'the first quote is right, where one is given', shown, isFirstRight),
    ...byKind('quotes', 'quote@3', asked, isRightAmongFirst),
    measured('quotes', 'median quote length', 'characters of the first quotes', 'characters', lengths, quantile(lengths, 0.5)),
  ]
}

function refusals(judged: Judged[]): Figure[] {
  const asked = answerableOf(judged)
  const absent = unanswerableOf(judged)
  const curve = refusalsOf(judged)
  const bins = reliabilityOf(judged)
  const withOdds = judged.filter(({ odds }) => odds !== null)
  return [
    counted('refusals', 'wrongly refused', 'not on record, although the documents answer', asked, isRefused),
    counted(
      'refusals',
      'wrongly partial',
      'answered in part, although every word is there',
      asked.filter((q) => !q.namesMissing),
      isPartial,
    ),
    counted('refusals', 'refused', 'not on record, where the documents do not answer', absent, isRefused),
    ...byKind('refusals', 'refused', absent, isRefused),
    counted('refusals', 'partial of the unanswerable', 'answered in part, where the documents do not answer', absent, isPartial),
    counted(
      'refusals',
      'refused or partial',
      'where a name, number or date of the question is wrong',
      judged.filter((q) => !q.answerable && q.namesMissing),
      (q) => isRefused(q) || isPartial(q),
    ),
    measured('refusals', 'area under the curve', 'over all thresholds', 'mean', curve.length > 0 ? [...asked, ...absent] : [], refusalArea(curve)),
    measured('refusals', 'calibration error', 'expected: predicted probability against right first quotes', 'mean', withOdds, calibrationError(bins)),
  ]
}

function attribution(judged: Judged[]): Figure[] {
  const asksFor = (name: string, about: string, key: 'speaker' | 'speech' | 'day' | 'missingNamed' | 'figuresReported') =>
    counted(
      'who and when',
      name,
      about,
      judged.filter((q) => q[key] !== null),
      (q) => q[key] === true,
    )
  return [
    asksFor('speaker', 'who said the words that answer', 'speaker'),
    asksFor('form of speech', 'direct, reported or mixed', 'speech'),
    asksFor('day said', 'the day they were said', 'day'),
    asksFor('missing words named', 'words of the question that stand nowhere', 'missingNamed'),
    asksFor('differing figures', 'reported as a disagreement', 'figuresReported'),
  ]
}

function proof(judged: Judged[]): Figure[] {
  const sum = (key: 'citations' | 'verbatim' | 'verifications' | 'verified') => judged.reduce((total, q) => total + q[key], 0)
  return [
    share('proof', 'verbatim', 'quotes that are the slice of the stored text', sum('verbatim'), sum('citations')),
    share('proof', 'verify', 'quotes that verify, and with one character changed do not', sum('verified'), sum('verifications')),
  ]
}

const isPartial = ({ status }: Judged) => status === 'partial'
