import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { AnswerView } from './answer.tsx'
import type { Turn } from './conversation.ts'
import { CopyButton } from './copy-button.tsx'
import { FailureNotice } from './failure.tsx'
import { filterTexts } from './filter-words.ts'
import type { Span } from './paragraphs.ts'
import { Quotes } from './quotes.tsx'
import { type Reading, ReadingProvider } from './reading.ts'
import { useWords } from './setting.ts'
import { QuoteSkeleton } from './skeleton.tsx'
import { type Extent, extentWithin, statusOf } from './status.ts'

interface Props {
  turn: Turn
  extent: Extent
  reading: Omit<Reading, 'open' | 'current'>
  /** The words of this turn that a source view shows now. */
  shown: Reading['current']
  /** Opens a source beside the conversation; without it the link to the source is followed. */
  open?: (source: string, span: Span | null, turn: number) => void
  /** Called once, with the question's heading, before the turn is first painted. */
  arrived?: (heading: HTMLElement) => void
  /** The last one leaves room below itself, so that it can stand at the top of the window from the start. */
  latest: boolean
  retry: (() => void) | undefined
  /** Another question is on its way: retrying has to wait. */
  busy?: boolean
  /** What stands above the quotes. */
  above?: (turn: Turn) => ComponentChildren
  /** The address that asks this turn's question again. */
  address?: () => string
  /** What stands below the turn. */
  children?: ComponentChildren
}

/** A question and what came of it. */
export function TurnView({ turn, extent, reading, shown, open, arrived, latest, retry, busy = false, above, address, children }: Props) {
  const words = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  const { id, question, state, citations, answer, failure } = turn
  const filters = filterTexts(turn.filters, words, reading.titleOf)
  const within = extentWithin(extent, turn.filters)
  useLayoutEffect(() => {
    if (heading.current) arrived?.(heading.current)
  }, [])

  const own: Reading = useMemo(
    () => ({ ...reading, current: shown, ...(open && { open: (source: string, span: Span | null) => open(source, span, id) }) }),
    [reading, open, id, shown?.source, shown?.start, shown?.end],
  )
  return (
    <ReadingProvider value={own}>
      <section part="answer" class={latest ? 'turn latest' : 'turn'} aria-labelledby={`question-${id}`} aria-busy={state === 'waiting'}>
        <h2 id={`question-${id}`} ref={heading} part="question" dir="auto">
          {question}
        </h2>
        {filters.length > 0 && (
          <p class="asked-with">
            {words.askedWith}: {filters.map(({ text }) => text).join(' · ')}
          </p>
        )}
        <div class="status">
          {state === 'waiting' && <p>{words.searching}</p>}
          {answer && answer.status !== 'not-on-record' && <p class={answer.status}>{statusOf(answer, within, words)}</p>}
          {answer && answer.question.trim() !== question.trim() && <p>{words.understood(answer.question)}</p>}
        </div>
        {above?.(turn)}
        {answer ? <AnswerView answer={answer} extent={within} /> : <Quotes citations={citations} />}
        {state === 'waiting' && citations.length === 0 && <QuoteSkeleton />}
        {failure && <FailureNotice failure={failure} partial={citations.length > 0} retry={retry} busy={busy} />}
        {state !== 'waiting' && (
          <div class="actions turn-actions">
            {answer && retry && (
              <button type="button" class="action" aria-disabled={busy} onClick={() => !busy && retry()}>
                {words.askAgain}
              </button>
            )}
            {address && <CopyButton label={words.copyQuestion} text={address} />}
          </div>
        )}
        {children}
      </section>
    </ReadingProvider>
  )
}
