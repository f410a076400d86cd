import { useEffect, useRef, useState } from 'preact/hooks'
import type { Citation, VerifyReply } from '../../server/contract.ts'
import { type Failure, RequestFailed } from '../api.ts'
import type { Words } from '../words/en.ts'
import { useReading } from './reading.ts'
import { useSetting, useWords } from './setting.ts'
import { messageOf } from './status.ts'

/** Characters of a checksum that are shown at first. */
const SHORT = 12

export interface Verification {
  state: 'none' | 'waiting' | { reply: VerifyReply } | { failure: Failure }
  verify: () => void
}

/** Has the server compare a citation with the words that it holds now. */
export function useVerification({ source, start, end, quote }: Citation): Verification {
  const { server, words } = useSetting()
  const { announce } = useReading()
  const [state, setState] = useState<Verification['state']>('none')
  const stopping = useRef<AbortController | null>(null)
  useEffect(() => () => stopping.current?.abort(), [])
  const verify = async () => {
    if (state === 'waiting') return
    const stopper = new AbortController()
    stopping.current = stopper
    setState('waiting')
    const next = await server.verify({ source: source.id, start, end, quote, sha256: source.sha256 }, stopper.signal).then(
      (reply) => ({ reply }),
      (error: unknown) => {
        if (!(error instanceof RequestFailed)) throw error
        return { failure: error.failure }
      },
    )
    if (stopper.signal.aborted) return
    setState(next)
    announce('reply' in next ? outcomeOf(next.reply, words) : words.notChecked(messageOf(next.failure, words)))
  }
  return { state, verify }
}

/** What came of it, with the checksum that both sides have. */
export function VerificationNote({ state, sha256 }: { state: Verification['state']; sha256: string }) {
  const words = useWords()
  if (typeof state === 'string') return null
  if ('failure' in state) return <p class="verification failed">{words.notChecked(messageOf(state.failure, words))}</p>
  if (!state.reply.verified) return <p class="verification failed">{outcomeOf(state.reply, words)}</p>
  return (
    <div class="verification">
      <p>{words.verified}</p>
      <details>
        <summary>
          SHA-256 <code>{sha256.slice(0, SHORT)}…</code>
        </summary>
        <code class="checksum">{sha256}</code>
      </details>
    </div>
  )
}

function outcomeOf({ verified, reason }: VerifyReply, words: Words): string {
  return verified ? words.verified : words.notVerified(reason ?? '')
}
