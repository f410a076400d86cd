import type { Answer, Citation } from '../../server/contract.ts'
import { runsOf } from './paragraphs.ts'
import { useWords } from './setting.ts'
import { SourceLink } from './source-link.tsx'
import { disagreementTitle } from './status.ts'
import { valueIn } from './value.ts'

type Disagreed = Answer['disagreements'][number]

/** What several said, or one on several days, side by side; figures that differ are underlined in each. Which is right is not said. */
export function Disagreement({ disagreement, citations }: { disagreement: Disagreed; citations: Citation[] }) {
  const words = useWords()
  return (
    <section class="disagreement">
      <h3>{disagreementTitle(disagreement, words)}</h3>
      <div class="sides">
        {disagreement.sides.map((side, n) => (
          <Side key={`${n} ${side.label}`} side={side} cited={side.citations.flatMap((n) => citations[n] ?? [])} />
        ))}
      </div>
    </section>
  )
}

function Side({ side: { label, value }, cited }: { side: Disagreed['sides'][number]; cited: Citation[] }) {
  const stands = value !== null && cited.some(({ quote }) => valueIn(quote, value))
  return (
    <div class="side">
      <h4 dir="auto">{label}</h4>
      {/* The value may be worked out from other words ("two" from "both"): then it stands by itself. */}
      {value !== null && !stands && (
        <p class="value">
          <bdi class="differs">{value}</bdi>
        </p>
      )}
      {cited.map((citation) => (
        <SideQuote key={`${citation.source.id} ${citation.start}`} citation={citation} value={value} />
      ))}
    </div>
  )
}

function SideQuote({ citation: { quote, source, start, end }, value }: { citation: Citation; value: string | null }) {
  const differing = value === null ? null : valueIn(quote, value)
  const whole = { start: 0, end: quote.length, lines: [] }
  const runs = differing ? runsOf(quote, whole, differing) : []
  return (
    <>
      <blockquote>
        <p dir="auto">
          <span class="quoted">
            {runs.length === 0
              ? quote
              : runs.map(({ mark, pieces }) => {
                  const text = pieces.map((piece) => piece.text).join('')
                  return mark ? <em class="differs">{text}</em> : text
                })}
          </span>
        </p>
      </blockquote>
      <p class="where">
        <SourceLink source={source.id} span={{ start, end }}>
          <bdi>{source.outlet ?? source.title}</bdi>
        </SourceLink>
      </p>
    </>
  )
}
