import { useEffect, useState } from 'preact/hooks'

/** Whether a media query holds, also when it changes. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const changed = () => setHolds(list.matches)
    list.addEventListener('change', changed)
    changed()
    return () => list.removeEventListener('change', changed)
  }, [query])
  return holds
}
