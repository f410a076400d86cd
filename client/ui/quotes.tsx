import type { Citation } from '../../server/contract.ts'
import { Quote } from './quote.tsx'
import { useWords } from './setting.ts'

/** Quotes that stand open; the rest are folded away. */
const OPEN = 3

/** Citations, best first: a pull quote, two smaller, then the rest on demand. */
export function Quotes({ citations, lead = true }: { citations: Citation[]; lead?: boolean }) {
  const words = useWords()
  const folded = citations.slice(OPEN)
  return (
    <>
      {citations.slice(0, OPEN).map((citation, i) => (
        <Quote key={keyOf(citation)} citation={citation} lead={lead && i === 0} />
      ))}
      {folded.length > 0 && (
        <details class="more">
          <summary>{words.more(folded.length)}</summary>
          {folded.map((citation) => (
            <Quote key={keyOf(citation)} citation={citation} />
          ))}
        </details>
      )}
    </>
  )
}

/** The same span keeps its element when the whole answer follows the streamed citations: what is open in it stays open. */
function keyOf({ source, start, end }: Citation): string {
  return `${source.id} ${start} ${end}`
}
