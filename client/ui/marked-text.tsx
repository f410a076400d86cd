import type { RefObject } from 'preact'
import { useMemo } from 'preact/hooks'
import { paragraphsOf, type Run, runsOf, type Span } from './paragraphs.ts'
import { useWords } from './setting.ts'

interface Props {
  text: string
  cited: Span | null
  others?: Span[]
  /** Line numbers in the margin. */
  numbered?: boolean
  /** Takes the first cited words. */
  target?: RefObject<HTMLElement | null>
}

/** A text, paragraph by paragraph, as text nodes only; what is cited in <mark>, character for character. */
export function MarkedText({ text, cited, others, numbered = false, target }: Props) {
  const paragraphs = useMemo(() => paragraphsOf(text), [text])
  const first = cited && paragraphs.find(({ end }) => end > cited.start)
  return (
    <>
      {paragraphs.map((paragraph) => (
        <p key={paragraph.start} dir="auto">
          {runsOf(text, paragraph, cited, others).map((run, i) => (
            <Marked key={i} run={run} numbered={numbered} target={paragraph === first ? target : undefined} />
          ))}
        </p>
      ))}
    </>
  )
}

function Marked({ run, numbered, target }: { run: Run; numbered: boolean; target: Props['target'] }) {
  const words = useWords()
  const content = run.pieces.map(({ text, line }) =>
    line === null ? text : numbered ? <span key={line} class="line-number" data-line={words.number(line)} aria-hidden="true" /> : null,
  )
  if (run.mark === 'cited') return <mark ref={target}>{content}</mark>
  if (run.mark === 'other') return <span class="also-cited">{content}</span>
  return <>{content}</>
}
