import { figuresOf } from '../eval/figures.ts'
import type { Judged, Run } from '../eval/run.ts'

/** Text that would do something if it were taken for markup. */
export const HOSTILE = `<img src=x onerror="alert(1)"></title></style><script>alert('2')</script><b>&amp;\u0000\u202e`

/** A question that was answered right, but for what is changed. */
export function question(change: Partial<Judged> = {}): Judged {
  return {
    id: 'q',
    question: 'How many boats fish from the Pool?',
    understood: 'How many boats fish from the Pool?',
    kind: null,
    answerable: true,
    namesMissing: false,
    all: false,
    expected: [{ doc: 'pool.md', words: 'Thirty-one boats' }],
    status: 'answered',
    missing: [],
    odds: 2,
    wantedRanks: [1],
    rightRanks: [1],
    rightPassages: 1,
    quotes: [{ quote: 'Thirty-one boats fish from the Pool.', path: 'docs/pool.md', line: 3, score: 1.2, right: true, inPlace: true }],
    rightAmongFirst: true,
    speaker: null,
    speech: null,
    day: null,
    missingNamed: null,
    figuresReported: null,
    citations: 1,
    verbatim: 1,
    verifications: 2,
    verified: 2,
    ms: 12,
    embedMs: 6,
    stages: { embed: 6, select: 2 },
    ...change,
  }
}

/** A whole run of questions. */
export function runOf(questions: Judged[]): Run {
  return {
    format: 1,
    version: '0.1.0',
    made: '2026-01-02T03:04:05.000Z',
    complete: true,
    set: { name: 'questions.json', sha256: 'a', form: 'record', split: false, questions: questions.length },
    index: { generation: 'g', documents: 3, passages: 9, embedder: 'model' },
    notes: [],
    threshold: -1.6,
    figures: figuresOf(questions),
    questions,
  }
}
