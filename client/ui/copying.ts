import { useEffect, useState } from 'preact/hooks'
import { useReading } from './reading.ts'
import { useWords } from './setting.ts'

/** Milliseconds for which the outcome stands where the label was. */
const SHOWN = 2000

/** Copies a text; says how it went, in words that go again after a moment, and to screen readers. */
export function useCopying(): { outcome: string | null; copy: (text: string) => Promise<void> } {
  const words = useWords()
  const { announce } = useReading()
  const [outcome, setOutcome] = useState<string | null>(null)
  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(null), SHOWN)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = async (text: string) => {
    const said = (await copied(text)) ? words.copied : words.notCopied
    setOutcome(said)
    announce(said)
  }
  return { outcome, copy }
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
  let focused = document.activeElement
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
  const field = document.createElement('textarea')
  field.value = text
  // Not by a class: the page around may be somebody else's.
  field.style.setProperty('position', 'fixed')
  field.style.setProperty('opacity', '0')
  document.body.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  return done
}
