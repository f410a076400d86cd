import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../../server/contract.ts'
import type { Failure } from '../api.ts'
import { Remedy } from './remedy.tsx'
import { useWords } from './setting.ts'
import { messageOf } from './status.ts'

interface Props {
  failure: Failure
  /** Some of it came before it failed. */
  partial: boolean
  label?: string
  retry?: (() => void) | undefined
  /** Another question is on its way: retrying has to wait. */
  busy?: boolean
}

/** Why there is no answer, and the way on. */
export function FailureNotice({ failure, partial, label, retry, busy = false }: Props) {
  const words = useWords()
  return (
    <div class="failure" data-failure={failure.kind}>
      <p class="what">{messageOf(failure, words)}</p>
      {failure.kind === 'cut' && partial && <p>{words.cutShown}</p>}
      <ProblemText problem={'problem' in failure ? failure.problem : null} />
      {retry && <Retry label={label ?? words.askAgain} after={failure.kind === 'limited' ? failure.seconds : 0} retry={retry} busy={busy} />}
    </div>
  )
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

function Retry({ label, after, retry, busy }: { label: string; after: number; retry: () => void; busy: boolean }) {
  const words = useWords()
  const [left, setLeft] = useState(after)
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  // aria-disabled keeps the button in the tab order while it counts down, so that nobody's focus is lost.
  return (
    <button type="button" class="secondary" aria-disabled={busy || left > 0} onClick={() => !busy && left <= 0 && retry()}>
      {left > 0 ? words.inSeconds(label, left) : label}
    </button>
  )
}
