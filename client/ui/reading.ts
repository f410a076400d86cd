import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Span } from './paragraphs.ts'

/** What the parts need from where they stand: the page has a source view, the widget links to it. */
export interface Reading {
  /** Opens the source at these words. Absent: the link is followed instead. */
  open?: (source: string, span: Span | null) => void
  /** The words that the source view shows now. */
  current: ({ source: string } & Span) | null
  titleOf: (source: string) => string | null
  /** Said by screen readers, once, politely. */
  announce: (text: string) => void
}

const Context = createContext<Reading>({ current: null, titleOf: () => null, announce: () => {} })

export const ReadingProvider = Context.Provider

export function useReading(): Reading {
  return useContext(Context)
}
