import { useMemo } from 'preact/hooks'
import type { Citation } from '../../server/contract.ts'
import { webUrl } from '../urls.ts'
import { balanced } from '../words/formats.ts'
import { Attribution } from './attribution.tsx'
import { CopyButton } from './copy-button.tsx'
import { CopyCitation } from './copy-citation.tsx'
import { opensWithMark } from './credit.ts'
import { MarkedText } from './marked-text.tsx'
import { originalLink } from './original-link.ts'
import { useReading } from './reading.ts'
import { useSetting, useWords } from './setting.ts'
import { SourceLink } from './source-link.tsx'
import { useVerification, VerificationNote } from './verification.tsx'

/** A quote of more characters than this is set a size smaller, and one of more than twice as many two. */
const SHORT_QUOTE = 180

/** One citation. The lead is the pull quote of its answer. */
export function Quote({ citation, lead = false }: { citation: Citation; lead?: boolean }) {
  const { server, words } = useSetting()
  const { current } = useReading()
  const { quote, source, start, end, passage } = citation
  const { state, verify } = useVerification(citation)
  const shown = current?.source === source.id && current.start === start && current.end === end
  const link = server.linkTo(citation)
  const original = useMemo(() => originalLink(source, passage.text, { start: start - passage.start, end: end - passage.start }, citation), [citation])
  const length = Math.min(Math.floor(quote.length / SHORT_QUOTE), 2)
  return (
    <article part="quote" class={`quote ${lead ? 'lead' : 'further'}${shown ? ' shown' : ''}`}>
      <blockquote class={`length-${length}`} cite={webUrl(source.url) ?? undefined}>
        <p dir="auto" class={opensWithMark(quote) ? 'own-marks' : undefined}>
          {lead ? (
            <mark>
              <Hung text={quote} />
            </mark>
          ) : (
            <span class="quoted">
              <Hung text={quote} />
            </span>
          )}
        </p>
      </blockquote>
      <Attribution citation={citation} />
      <AlsoIn citation={citation} />
      <div class="actions">
        <SourceLink source={source.id} span={{ start, end }} current={shown}>
          {words.openInSource}
        </SourceLink>
        {original && (
          <a href={original} target="_blank" rel="noopener noreferrer">
            {words.original}
          </a>
        )}
        <CopyCitation citation={citation} link={link} />
        <CopyButton label={words.copyLink} text={() => link} />
        <button type="button" class="action" aria-disabled={state === 'waiting'} onClick={verify}>
          {words.verify}
        </button>
      </div>
      <VerificationNote state={state} sha256={source.sha256} />
      <Context citation={citation} />
    </article>
  )
}

/** The words as they are; a quotation mark of the document's own hangs in the margin, where else one of ours would. */
function Hung({ text }: { text: string }) {
  if (!opensWithMark(text)) return <>{text}</>
  return (
    <>
      <span class="hung">{text[0]}</span>
      {text.slice(1)}
    </>
  )
}

/** The passage that the quote stands in, when there is more of it than the quote. */
function Context({ citation: { quote, passage, start, end } }: { citation: Citation }) {
  const words = useWords()
  if (passage.text.trim().length <= quote.length) return null
  return (
    <details class="context">
      <summary>{words.context}</summary>
      <div class="passage">
        <MarkedText text={passage.text} cited={{ start: start - passage.start, end: end - passage.start }} />
      </div>
    </details>
  )
}

function AlsoIn({ citation: { alsoIn } }: { citation: Citation }) {
  const words = useWords()
  const { titleOf } = useReading()
  if (alsoIn.length === 0) return null
  return (
    <p class="also-in">
      {words.alsoIn}{' '}
      {alsoIn.map(({ source, start, end }, i) => (
        <>
          {i > 0 && words.comma}
          <SourceLink source={source} span={{ start, end }}>
            <bdi>{balanced(titleOf(source) ?? words.anotherSource)}</bdi>
          </SourceLink>
        </>
      ))}
    </p>
  )
}
