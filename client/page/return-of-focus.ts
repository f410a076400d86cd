import type { RefObject } from 'preact'
import { useCallback, useEffect, useRef } from 'preact/hooks'
import type { Place } from './place.ts'

/** When the source closes, focus goes back to what opened it, and the conversation stays where it was. Returns what notes the opener. */
export function useReturnOfFocus(place: Place | null, field: RefObject<HTMLElement | null>): () => void {
  const opener = useRef<HTMLElement | null>(null)
  const wasOpen = useRef(place !== null)
  useEffect(() => {
    if (wasOpen.current && !place) {
      const target = opener.current?.isConnected ? opener.current : field.current
      target?.focus({ preventScroll: true })
    }
    wasOpen.current = place !== null
  }, [place])
  return useCallback(() => {
    if (document.activeElement instanceof HTMLElement) opener.current = document.activeElement
  }, [])
}
