import { useEffect, useState } from 'preact/hooks'
import { type Failure, RequestFailed } from '../api.ts'

/** Something that is fetched: under way, there, or failed. */
export interface Loaded<T> {
  value: T | null
  failure: Failure | null
}

/** Fetches when `key` changes or `again` is called; what is no longer wanted is aborted. A null key fetches nothing. */
export function useLoaded<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Loaded<T> & { again: () => void } {
  const [state, setState] = useState<Loaded<T> & { key: string | null }>({ key: null, value: null, failure: null })
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (key === null) return
    const aborter = new AbortController()
    const settle = (result: Partial<Loaded<T>>) => {
      if (!aborter.signal.aborted) setState({ key, value: null, failure: null, ...result })
    }
    load(aborter.signal).then(
      (value) => settle({ value }),
      (error: unknown) => {
        if (!(error instanceof RequestFailed)) throw error
        settle({ failure: error.failure })
      },
    )
    return () => aborter.abort()
  }, [key, round])
  const current = state.key === key ? state : { value: null, failure: null }
  return { value: current.value, failure: current.failure, again: () => setRound(round + 1) }
}
