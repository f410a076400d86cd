import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { Citation, Source, SourceWithText } from '../../server/contract.ts'
import { sourceOf } from '../sources.ts'
import type { Words } from '../words/en.ts'
import { Dotted, Published } from './dotted.tsx'
import { FailureNotice } from './failure.tsx'
import { useLoaded } from './loaded.ts'
import { MarkedText } from './marked-text.tsx'
import { originalLink } from './original-link.ts'
import type { Span } from './paragraphs.ts'
import { useSetting, useWords } from './setting.ts'
import { Steps } from './steps.tsx'

/** The height of the bar that stays at the top, in pixels, and some air. */
const BAR = 80

interface Props {
  id: string
  span: Span | null
  /** The citations of the same answer from this source, in text order. */
  citations: Citation[]
  /** beside: next to the conversation. over: in front of it, and nothing else can be reached. whole: the page shows nothing else. */
  setting: 'beside' | 'over' | 'whole'
  onStep: (span: Span) => void
  onClose: () => void
  /** Asks the question again that the quotes came from. */
  onAskAgain: (() => void) | undefined
}

const ROLES = {
  beside: { role: 'complementary' },
  over: { role: 'dialog', 'aria-modal': 'true' },
  whole: { role: 'region' },
} as const

/** A whole source, the cited words marked. */
export function SourceView({ id, span, citations, setting, onStep, onClose, onAskAgain }: Props) {
  const { server, words } = useSetting()
  const view = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const target = useRef<HTMLElement>(null)
  const { value, failure, again } = useLoaded(id, (signal) => sourceOf(server, id, signal))
  const cited = citations.find(({ start, end }) => start === span?.start && end === span.end)
  const facts = value ?? cited?.source ?? citations[0]?.source ?? null
  // Another index has taken the place of the one that the answer came from.
  const gone = failure?.kind === 'problem' && failure.problem.type.endsWith(':no-such-source')
  // The server shows quotes in their passages, and no whole source.
  const quotesOnly = failure?.kind === 'problem' && failure.problem.type.endsWith(':quotes-only')
  const fault = gone ? words.sourceGone : value && span && faultOf(value, span, words, cited)
  const marked = fault ? null : span
  const others = value ? citations.filter((other) => other !== cited && !faultOf(value, other, words, other)) : []

  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    if (view.current) view.current.scrollTop = 0
  }, [id])
  useEffect(() => {
    if (setting === 'whole' && facts) document.title = `${facts.title} · ${words.name}`
  }, [setting, facts?.title])
  // Before it is painted: the reader sees the words in their place, not a page that jumps.
  useLayoutEffect(() => {
    if (view.current && target.current && marked) show(target.current, setting === 'whole' ? null : view.current)
  }, [value, marked?.start, marked?.end, setting])

  return (
    <section ref={view} class={`source-view ${setting}`} aria-label={words.source} {...ROLES[setting]}>
      <div class="bar">
        <Steps citations={citations} cited={cited} onStep={onStep} />
        <button type="button" class={setting === 'whole' ? 'action onward' : 'action'} onClick={onClose}>
          {setting === 'whole' ? words.toQuestions : words.close}
        </button>
      </div>
      <h2 ref={heading} tabIndex={-1} dir="auto">
        {facts?.title ?? (quotesOnly ? words.source : failure ? words.sourceFailed : words.sourceLoading)}
      </h2>
      {facts && <Facts source={facts} text={value?.text ?? ''} span={value && marked} cited={cited} />}
      {fault && (
        <div class="note fault" role="alert">
          <p>{fault}</p>
          {onAskAgain && (
            <button type="button" class="secondary" onClick={onAskAgain}>
              {words.askAgain}
            </button>
          )}
        </div>
      )}
      {quotesOnly && (
        <div class="note">
          <p>{words.quotesOnly}</p>
          {!cited && <p>{words.quotesOnlyAsk}</p>}
        </div>
      )}
      {quotesOnly && cited && (
        <div class="source-text">
          <MarkedText text={cited.passage.text} cited={inPassage(cited)} target={target} />
        </div>
      )}
      {failure && !gone && !quotesOnly && <FailureNotice failure={failure} partial={false} label={words.tryAgain} retry={again} />}
      {value ? (
        <div class="source-text">
          <MarkedText text={value.text} cited={marked} others={others} numbered target={target} />
        </div>
      ) : (
        !failure && <TextSkeleton />
      )}
    </section>
  )
}

/** Where the quote stands in its passage. */
function inPassage({ start, end, passage }: Citation): Span {
  return { start: start - passage.start, end: end - passage.start }
}

/** Why the span cannot be marked. */
function faultOf({ text }: SourceWithText, { start, end }: Span, words: Words, cited?: Citation): string | null {
  if (cited) return text.slice(start, end) === cited.quote ? null : words.sourceChanged
  return end <= text.length ? null : words.outOfText
}

function Facts({ source, text, span, cited }: { source: Source; text: string; span: Span | null; cited: Citation | undefined }) {
  const words = useWords()
  const original = useMemo(() => originalLink(source, text, span, cited), [source, text, span?.start, span?.end, cited])
  return (
    <Dotted>
      {source.outlet}
      {source.author}
      {source.published && <Published source={source} />}
      {original && (
        <a href={original} target="_blank" rel="noopener noreferrer">
          {words.original}
        </a>
      )}
    </Dotted>
  )
}

function TextSkeleton() {
  return (
    <div class="skeleton text" aria-hidden="true">
      {Array.from({ length: 9 }, (_, i) => (
        <i key={i} />
      ))}
    </div>
  )
}

/** Brings the words to the upper third of what scrolls, the view itself or the window, unless they are well in sight already. */
function show(target: HTMLElement, view: HTMLElement | null) {
  const top = target.getBoundingClientRect().top - (view?.getBoundingClientRect().top ?? 0)
  const height = view?.clientHeight ?? innerHeight
  if (top > BAR && top + target.offsetHeight < height * 0.75) return
  const scroller = view ?? window
  scroller.scrollBy({ top: top - height * 0.3, behavior: 'instant' })
}
