import { useEffect, useState } from 'preact/hooks'
import { useReading } from './reading.ts'
import { useWords } from './setting.ts'

/** Milliseconds for which the outcome stands where the label was. */
const SHOWN = 2000

interface Copying {
  outcome: string | null
  /** `button` is what was pressed. */
  copy: (text: string, button: HTMLElement) => Promise<void>
}

/** Copies a text; says how it went, in words that go again after a moment, and to screen readers. */
export function useCopying(): Copying {
  const words = useWords()
  const { announce } = useReading()
  const [outcome, setOutcome] = useState<string | null>(null)
  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(null), SHOWN)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = async (text: string, button: HTMLElement) => {
    const said = (await copied(text, button)) ? words.copied : words.notCopied
    setOutcome(said)
    announce(said)
  }
  return { outcome, copy }
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
