import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Server } from '../api.ts'
import type { Span } from '../ui/paragraphs.ts'

/** Which source is open, as the address says: /source/:id?start=&end= */
export interface Place {
  source: string
  span: Span | null
  /** The turn that it was opened from, for the other quotes of that answer. */
  turn: number | null
  /** Opened from the page, beside the conversation; otherwise the address itself was visited. */
  beside: boolean
}

export interface Places {
  place: Place | null
  open: (source: string, span: Span | null, turn: number | null) => void
  /** Moves on within the open source, without a step in the browser's history. */
  move: (span: Span) => void
  close: () => void
}

/** The open source, kept in the address: Back closes it. */
export function usePlaces(server: Server): Places {
  const [place, setPlace] = useState(placeNow)
  useEffect(() => {
    const changed = () => setPlace(placeNow())
    addEventListener('popstate', changed)
    return () => removeEventListener('popstate', changed)
  }, [])

  const open = useCallback(
    (source: string, span: Span | null, turn: number | null) => {
      // From one source to the next is one step too: Back then closes the view instead of walking through all that was opened.
      const method = (history.state as State | null)?.beside ? 'replaceState' : 'pushState'
      history[method]({ beside: true, turn } satisfies State, '', server.sourceUrl(source, span?.start, span?.end))
      setPlace(placeNow())
    },
    [server],
  )
  const move = useCallback(
    (span: Span) => {
      const now = placeNow()
      if (!now) return
      history.replaceState(history.state, '', server.sourceUrl(now.source, span.start, span.end))
      setPlace(placeNow())
    },
    [server],
  )
  const close = useCallback(() => {
    if ((history.state as State | null)?.beside) {
      history.back()
      return
    }
    history.pushState(null, '', server.url(''))
    setPlace(placeNow())
  }, [server])
  return { place, open, move, close }
}

interface State {
  beside: boolean
  turn: number | null
}

function placeNow(): Place | null {
  const base = new URL(document.baseURI).pathname
  const path = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : ''
  const id = /^source\/([^/]+)\/?$/.exec(path)?.[1]
  if (!id) return null
  const state = history.state as State | null
  return {
    source: decoded(id),
    span: spanOf(new URLSearchParams(location.search)),
    turn: state?.turn ?? null,
    beside: state?.beside ?? false,
  }
}

function spanOf(query: URLSearchParams): Span | null {
  const [start, end] = ['start', 'end'].map((name) => (/^\d{1,15}$/.test(query.get(name) ?? '') ? Number(query.get(name)) : Number.NaN))
  return start !== undefined && end !== undefined && start < end ? { start, end } : null
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
