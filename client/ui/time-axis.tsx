import { useMemo, useRef, useState } from 'preact/hooks'
import type { Answer } from '../../server/contract.ts'
import type { Words } from '../words/en.ts'
import { useWords } from './setting.ts'
import { SourceLink } from './source-link.tsx'
import { type Mark, marksOf } from './time-marks.ts'

/** Shapes that the style sheet has; after them they come again. */
const SHAPES = 6
/** Characters of a quote that a mark shows, at most. */
const BEGINNING = 90

/**
 * When it was said: a mark a statement on a line from the earliest to the latest, in the direction of reading. One stop for the
 * Tab key; the arrow keys step from mark to mark.
 */
export function TimeAxis({ answer }: { answer: Answer }) {
  const words = useWords()
  const marks = useMemo(() => marksOf(answer), [answer])
  const line = useRef<HTMLUListElement>(null)
  const [stop, setStop] = useState(0)
  const [shown, setShown] = useState<Mark | null>(null)
  const [first, last] = [marks[0], marks.at(-1)]
  if (!first || !last) return null

  const step = (event: KeyboardEvent) => {
    const to = stepped(event.key, stop, marks.length, words.dir)
    if (to === null) return
    event.preventDefault()
    line.current?.querySelectorAll('a')[to]?.focus()
  }
  const voices = marks.filter((mark, n) => marks.findIndex(({ voice }) => voice === mark.voice) === n)
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is no part of a form
    <div role="group" class="time-axis" aria-label={words.overTime}>
      <h3>{words.overTime}</h3>
      <ul
        class="line"
        ref={line}
        onKeyDown={step}
        onPointerLeave={() => setShown(null)}
        style={{ '--lanes': `${1 + Math.max(...marks.map(({ lane }) => lane))}` }}
      >
        {marks.map((mark, n) => (
          <li
            key={n}
            style={{ '--at': `${mark.at}`, '--lane': `${mark.lane}` }}
            onPointerEnter={() => setShown(mark)}
            onFocusIn={() => {
              setStop(n)
              setShown(mark)
            }}
            onFocusOut={() => setShown(null)}
          >
            <SourceLink source={mark.citation.source.id} span={mark.citation} label={labelOf(mark, words)} tabIndex={n === stop ? 0 : -1}>
              <i class={`voice voice-${mark.voice % SHAPES}`} />
            </SourceLink>
          </li>
        ))}
      </ul>
      <p class="ends" aria-hidden="true">
        <time dateTime={first.day}>{words.date(first.day)}</time>
        <time dateTime={last.day}>{words.date(last.day)}</time>
      </p>
      {/* In one place, and as high with both: nothing moves when a mark is pointed at. */}
      <div class="beneath">
        <p class={shown ? 'voices hidden' : 'voices'}>
          {voices.map(({ speaker, voice }) => (
            <span key={voice}>
              <i class={`voice voice-${voice % SHAPES}`} /> <bdi>{speaker}</bdi>
            </span>
          ))}
        </p>
        {shown && (
          <p class="shown-mark" aria-hidden="true">
            <span>
              <bdi>{shown.speaker}</bdi>, <time>{words.date(shown.day)}</time>
            </span>
            <bdi class="beginning">{shown.citation.quote}</bdi>
          </p>
        )}
      </div>
    </div>
  )
}

/** Where a key leads from mark `n`; null when it leads nowhere. */
function stepped(key: string, n: number, marks: number, dir: Words['dir']): number | null {
  const onward = dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  if (key === 'Home') return 0
  if (key === 'End') return marks - 1
  if (key === onward || key === 'ArrowDown') return Math.min(n + 1, marks - 1)
  if (/^Arrow(Left|Right|Up)$/.test(key)) return Math.max(n - 1, 0)
  return null
}

function labelOf({ speaker, day, citation: { quote } }: Mark, words: Words): string {
  const signs = [...quote.replace(/\s+/g, ' ').trim()]
  return words.mark(speaker, words.date(day), signs.length > BEGINNING ? `${signs.slice(0, BEGINNING).join('')}…` : signs.join(''))
}
