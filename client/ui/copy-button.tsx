import { useEffect, useState } from 'preact/hooks'
import { useReading } from './reading.ts'
import { useWords } from './setting.ts'

/** Copies a text; says so on the button and to screen readers. */
export function CopyButton({ text, label }: { text: () => string; label: string }) {
  const words = useWords()
  const { announce } = useReading()
  const [outcome, setOutcome] = useState<string | null>(null)
  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(null), 2000)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = async () => {
    const said = (await copied(text())) ? words.copied : words.notCopied
    setOutcome(said)
    announce(said)
  }
  // Both labels stand in the same place, so that the neighbours do not move when one takes over.
  return (
    <button type="button" class="action copy" onClick={copy} aria-label={label}>
      <span aria-hidden={outcome ? 'true' : undefined} class={outcome ? 'hidden' : undefined}>
        {label}
      </span>
      {outcome && <span class="outcome">{outcome}</span>}
    </button>
  )
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copiedBySelection(text)
  }
}

/** For pages over plain http, where there is no clipboard to write to. */
function copiedBySelection(text: string): boolean {
  const focused = focusedNow()
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'off-screen'
  // Beside the button: within a modal dialog nothing outside of it can be selected.
  focused.parentNode?.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  focused.focus()
  return done
}

/** What has the focus, also within a shadow root. */
function focusedNow(): HTMLElement {
  let focused = document.activeElement
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
  return focused instanceof HTMLElement ? focused : document.body
}
