import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

/** Escape within an element, while something in it is open: that is closed, and nothing else of the page. */
export function useEscape(within: RefObject<HTMLElement | null>, open: boolean, close: () => void) {
  // Before it is painted: a key may come as soon as it is seen.
  useLayoutEffect(() => {
    const element = within.current
    if (!open || !element) return
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      event.preventDefault()
      close()
    }
    element.addEventListener('keydown', pressed)
    return () => element.removeEventListener('keydown', pressed)
  }, [open])
}
