import type { Citation } from '../../server/contract.ts'
import type { Span } from './paragraphs.ts'
import { useWords } from './setting.ts'

interface Props {
  /** In text order. */
  citations: Citation[]
  cited: Citation | undefined
  onStep: (span: Span) => void
}

/** Steps through the quotes of one answer that come from one source. */
export function Steps({ citations, cited, onStep }: Props) {
  const words = useWords()
  const at = cited ? citations.indexOf(cited) : -1
  if (at < 0 || citations.length < 2) return <p class="steps" />
  const step = (by: number) => {
    const next = citations[at + by]
    if (next) onStep({ start: next.start, end: next.end })
  }
  return (
    <div class="steps">
      <Arrow label={words.previous} sign="↑" possible={at > 0} onClick={() => step(-1)} />
      <Arrow label={words.next} sign="↓" possible={at < citations.length - 1} onClick={() => step(1)} />
      <p role="status">{words.step(at + 1, citations.length)}</p>
    </div>
  )
}

/** Stays in the tab order at either end, so that nobody's focus is lost there. */
function Arrow({ label, sign, possible, onClick }: { label: string; sign: string; possible: boolean; onClick: () => void }) {
  return (
    <button type="button" class="arrow" aria-label={label} title={label} aria-disabled={!possible} onClick={onClick}>
      <span aria-hidden="true">{sign}</span>
    </button>
  )
}
