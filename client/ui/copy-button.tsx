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
  const copy = async ({ currentTarget: button }: { currentTarget: HTMLElement }) => {
    const said = (await copied(text(), button)) ? words.copied : words.notCopied
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

async function copied(text: string, button: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copiedBySelection(text, button)
  }
}

/** For pages over plain http, where there is no clipboard to write to. Beside the button: elsewhere a modal panel would not let it be selected. */
function copiedBySelection(text: string, button: HTMLElement): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'off-screen'
  button.after(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  button.focus()
  return done
}
