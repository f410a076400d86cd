import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { AnswerView, type Extent, statusOf } from '../ui/answer.tsx'
import { FailureNotice } from '../ui/failure.tsx'
import { Quotes } from '../ui/quotes.tsx'
import { type Reading, ReadingProvider } from '../ui/reading.ts'
import { QuoteSkeleton } from '../ui/skeleton.tsx'
import { words } from '../words.ts'
import type { Turn } from './conversation.ts'
import type { Place } from './place.ts'

interface Props {
  turn: Turn
  extent: Extent
  reading: Omit<Reading, 'open' | 'current'>
  place: Place | null
  open: (source: string, span: Place['span'], turn: number) => void
  /** The last one leaves room below itself, so that it can stand at the top of the window from the start. */
  latest: boolean
  retry: (() => void) | undefined
}

/** A question and what came of it. */
export function TurnView({ turn, extent, reading, place, open, latest, retry }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { id, question, state, citations, answer, failure } = turn
  // Once, when it is asked; whatever arrives later grows downwards from here.
  useLayoutEffect(() => heading.current?.scrollIntoView({ block: 'start', behavior: 'instant' }), [])

  const shown = place?.turn === id && place.span ? { source: place.source, ...place.span } : null
  const own: Reading = useMemo(
    () => ({ ...reading, current: shown, open: (source, span) => open(source, span, id) }),
    [reading, open, id, shown?.source, shown?.start, shown?.end],
  )
  return (
    <ReadingProvider value={own}>
      <section class={latest ? 'turn latest' : 'turn'} aria-labelledby={`question-${id}`} aria-busy={state === 'waiting'}>
        <h2 id={`question-${id}`} ref={heading} dir="auto">
          {question}
        </h2>
        <div class="status">
          {state === 'waiting' && <p>{words.searching}</p>}
          {answer && answer.status !== 'not-on-record' && <p>{statusOf(answer, extent)}</p>}
          {answer && answer.question.trim() !== question.trim() && <p>{words.understood(answer.question)}</p>}
        </div>
        {answer ? <AnswerView answer={answer} extent={extent} /> : <Quotes citations={citations} />}
        {state === 'waiting' && citations.length === 0 && <QuoteSkeleton />}
        {failure && <FailureNotice failure={failure} partial={citations.length > 0} retry={retry} />}
      </section>
    </ReadingProvider>
  )
}
