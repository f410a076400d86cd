import type { Failure } from '../api.ts'
import { ProblemText } from '../ui/failure.tsx'
import { useWords } from '../ui/setting.ts'
import type { Words } from '../words/en.ts'

/** Questions to begin with. */
export function Suggestions({ questions, onAsk }: { questions: string[]; onAsk: (question: string) => void }) {
  const words = useWords()
  if (questions.length === 0) return null
  return (
    <section class="suggestions" aria-labelledby="suggestions">
      <h2 id="suggestions">{words.suggestions}</h2>
      <ul>
        {questions.map((question) => (
          <li key={question}>
            <button type="button" dir="auto" onClick={() => onAsk(question)}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The server cannot answer yet: it says why, and which command helps. */
export function NotReady({ failure, again }: { failure: Failure; again: () => void }) {
  const words = useWords()
  const problem = 'problem' in failure ? failure.problem : null
  return (
    <section class="not-ready" aria-labelledby="not-ready">
      <h2 id="not-ready">{titleOf(failure, words)}</h2>
      {problem ? <ProblemText problem={problem} /> : <p>{words.unreachableDetail}</p>}
      <button type="button" class="primary" onClick={again}>
        {words.checkAgain}
      </button>
    </section>
  )
}

function titleOf(failure: Failure, words: Words): string {
  if (!('problem' in failure)) return words.unreachable
  return failure.problem?.type.endsWith(':index-missing') ? words.noIndex : words.notReady
}
