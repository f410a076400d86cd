import { useEffect, useRef, useState } from 'preact/hooks'
import type { Answer, FEEDBACK_REASONS } from '../../server/contract.ts'
import { sendFeedback } from '../feedback.ts'
import { useSetting } from '../ui/setting.ts'

type Reason = (typeof FEEDBACK_REASONS)[number]

/** MAX_REASON of the contract. */
const REASON_LENGTH = 500

/** Whether an answer helped, and if not, why: for a server that keeps what it is told. */
export function Thumbs({ answer, id }: { answer: Answer; id: number }) {
  const { server, words } = useSetting()
  const own = words.feedback
  const [step, setStep] = useState<'asked' | 'why' | 'sending' | 'sent' | 'failed'>('asked')
  const [reason, setReason] = useState('')
  const [text, setText] = useState('')
  const said = useRef<HTMLParagraphElement>(null)
  const leaving = useRef(new AbortController())
  useEffect(() => () => leaving.current.abort(), [])
  useEffect(() => {
    // The button that was pressed is gone.
    if (step === 'sent') said.current?.focus()
  }, [step])

  const send = (helpful: boolean, why: string | null) => {
    setStep('sending')
    sendFeedback(server, answer, helpful, why, leaving.current.signal).then(
      () => setStep('sent'),
      () => !leaving.current.signal.aborted && setStep('failed'),
    )
  }
  if (step === 'sent')
    return (
      <p class="feedback note" ref={said} tabIndex={-1}>
        {own.thanks}
      </p>
    )
  return (
    <div class="feedback">
      <fieldset class="thumbs">
        <legend>{own.question}</legend>
        <button type="button" class="action" onClick={() => step !== 'sending' && send(true, null)}>
          <Thumb down={false} /> {own.yes}
        </button>
        <button type="button" class="action" aria-expanded={step === 'why'} onClick={() => step !== 'sending' && setStep('why')}>
          <Thumb down /> {own.no}
        </button>
      </fieldset>
      {step === 'why' && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            send(false, text.trim() || reason || null)
          }}
        >
          <label for={`why-${id}`}>{own.why}</label>
          <select id={`why-${id}`} value={reason} onChange={({ currentTarget }) => setReason(currentTarget.value)}>
            <option value="">{own.unsaid}</option>
            {Object.entries<string>(own.reasons satisfies Record<Reason, string>).map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
          <label for={`words-${id}`}>{own.inOwnWords}</label>
          <input
            id={`words-${id}`}
            type="text"
            dir="auto"
            maxLength={REASON_LENGTH}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
          <button type="submit" class="secondary">
            {own.send}
          </button>
        </form>
      )}
      <p class="note" role="status">
        {step === 'failed' && own.failed}
      </p>
    </div>
  )
}

function Thumb({ down }: { down: boolean }) {
  return (
    <svg class={down ? 'thumb down' : 'thumb'} viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
      <path d="M2 10h4v11H2zM8 21V10l5-8c2 0 3 1.5 2.6 3.5L14.8 9H20c1.3 0 2.2 1.2 1.9 2.5l-1.800 8c-.2.9-1 1.500-1.900 1.500z" fill="currentColor" />
    </svg>
  )
}
