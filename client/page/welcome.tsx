import type { Failure } from '../api.ts'
import { ProblemText } from '../ui/failure.tsx'
import { useWords } from '../ui/setting.ts'
import type { Words } from '../words/en.ts'

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
