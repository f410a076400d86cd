import { useLayoutEffect, useRef } from 'preact/hooks'

interface Keys {
  focusQuestion: () => void
  /** Closes what is open; null when nothing is. */
  close: (() => void) | null
}

/** The keys that work anywhere on the page: `/` goes to the question box, Escape closes the source. */
export function usePageKeys(keys: Keys) {
  const latest = useRef(keys)
  latest.current = keys
  // Before the first paint: a key may come as soon as the page is seen.
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === '/' && !isField(event.target)) {
        event.preventDefault()
        latest.current.focusQuestion()
      }
      if (event.key === 'Escape' && latest.current.close) {
        event.preventDefault()
        latest.current.close()
      }
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
