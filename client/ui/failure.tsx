import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../../server/contract.ts'
import type { Failure } from '../api.ts'
import type { Words } from '../words/en.ts'
import { Remedy } from './remedy.tsx'
import { useWords } from './setting.ts'

interface Props {
  failure: Failure
  /** Some of it came before it failed. */
  partial: boolean
  label?: string
  retry?: (() => void) | undefined
}

/** Why there is no answer, and the way on. */
export function FailureNotice({ failure, partial, label, retry }: Props) {
  const words = useWords()
  return (
    <div class="failure" data-failure={failure.kind}>
      <p class="what">{messageOf(failure, words)}</p>
      {failure.kind === 'cut' && partial && <p>{words.cutShown}</p>}
      <ProblemText problem={'problem' in failure ? failure.problem : null} />
      {retry && <Retry label={label ?? words.askAgain} after={failure.kind === 'limited' ? failure.seconds : 0} retry={retry} />}
    </div>
  )
}

/** In one phrase, as a screen reader is told. */
export function messageOf(failure: Failure, words: Words): string {
  if (failure.kind === 'limited') return failure.problem?.status === 503 ? words.full : words.limited
  return failure.kind === 'problem' ? failure.problem.title || words.problem : words[failure.kind]
}

/** What the server says about it, in its words; its commands as code. */
export function ProblemText({ problem }: { problem: Problem | null }) {
  if (!problem) return null
  const { detail, title, remedy } = problem
  return (
    <>
      {detail && detail !== title && (
        <p>
          <Remedy text={detail} />
        </p>
      )}
      {/* Some details end in their remedy already. */}
      {remedy && !detail.includes(remedy) && (
        <p>
          <Remedy text={remedy} />
        </p>
      )}
    </>
  )
}

function Retry({ label, after, retry }: { label: string; after: number; retry: () => void }) {
  const words = useWords()
  const [left, setLeft] = useState(after)
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  // aria-disabled keeps the button in the tab order while it counts down, so that nobody's focus is lost.
  return (
    <button type="button" class="secondary" aria-disabled={left > 0} onClick={() => left <= 0 && retry()}>
      {left > 0 ? words.inSeconds(label, left) : label}
    </button>
  )
}
