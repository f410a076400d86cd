import type { Answer } from '../../server/contract.ts'
import { Disagreement } from './disagreement.tsx'
import { Quotes } from './quotes.tsx'
import { useWords } from './setting.ts'
import { type Extent, statusOf } from './status.ts'
import { TimeAxis } from './time-axis.tsx'

/**
 * An answer below its status. What only the whole answer knows stands after the quotes: they may have been streamed, and being
 * read, before it came.
 */
export function AnswerView({ answer, extent }: { answer: Answer; extent: Extent }) {
  const words = useWords()
  const { status, citations, missing } = answer
  return (
    <>
      {status === 'not-on-record' ? (
        <>
          <p class="not-on-record">{statusOf(answer, extent, words)}</p>
          {missing.length > 0 && <p class="note">{words.foundNothing(missing)}</p>}
          {citations.length > 0 && (
            <details class="nearest">
              <summary>{words.nearest(citations.length)}</summary>
              <Quotes citations={citations} lead={false} />
            </details>
          )}
        </>
      ) : (
        <>
          <Quotes citations={citations} />
          <TimeAxis answer={answer} />
          {answer.disagreements.map((disagreement) => (
            <Disagreement key={disagreement.about} disagreement={disagreement} citations={citations} />
          ))}
        </>
      )}
      {answer.degraded && <p class="note">{words.degraded}</p>}
    </>
  )
}
