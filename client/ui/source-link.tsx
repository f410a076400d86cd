import type { ComponentChildren } from 'preact'
import type { Span } from './paragraphs.ts'
import { useReading } from './reading.ts'
import { useSetting } from './setting.ts'

interface Props {
  source: string
  span?: Span | null
  current?: boolean
  /** What a screen reader says instead of the content. */
  label?: string
  tabIndex?: number
  children: ComponentChildren
}

/** A real link to the source view, so that it can be opened in a new tab, copied and bookmarked; a plain click opens it in place. */
export function SourceLink({ source, span = null, current = false, label, tabIndex, children }: Props) {
  const { server } = useSetting()
  const { open } = useReading()
  const follow = (event: MouseEvent) => {
    if (!open || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    open(source, span && { start: span.start, end: span.end })
  }
  return (
    <a
      href={server.sourceUrl(source, span?.start, span?.end)}
      onClick={follow}
      aria-current={current ? 'true' : undefined}
      aria-label={label}
      tabIndex={tabIndex}
    >
      {children}
    </a>
  )
}
