import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Citation } from '../../server/contract.ts'
import { CITATION_FORMS, type CitationForm } from './citation-forms.ts'
import { CopyLabel } from './copy-button.tsx'
import { useCopying } from './copying.ts'
import { useEscape } from './escape.ts'
import { useWords } from './setting.ts'

/** Copies the citation as plain text at once, or in another form from the list beside. */
export function CopyCitation({ citation, link }: { citation: Citation; link: string }) {
  const words = useWords()
  const { outcome, copy } = useCopying()
  const { whole, toggle, list, open, setOpen } = useDisclosure()
  const take = (form: CitationForm, button: HTMLElement) => copy(CITATION_FORMS[form]({ citation, link, words, on: new Date() }), button)
  const takeAndClose = (form: CitationForm) => {
    toggle.current?.focus()
    setOpen(false)
    if (toggle.current) void take(form, toggle.current)
  }
  return (
    <div class="copy-citation" ref={whole}>
      <button type="button" class="action copy" aria-label={words.copyCitation} onClick={({ currentTarget }) => take('plain', currentTarget)}>
        <CopyLabel label={words.copyCitation} outcome={outcome} />
      </button>
      <button
        type="button"
        ref={toggle}
        class="action forms"
        aria-label={words.copyAs}
        title={words.copyAs}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <ul ref={list}>
          {(['markdown', 'html', 'csl'] as const).map((form) => (
            <li key={form}>
              <button type="button" onClick={() => takeAndClose(form)}>
                {words.copyForms[form]}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Escape closes what is open and gives the focus back; so does whatever happens outside, without taking the focus from there. */
function useDisclosure() {
  const whole = useRef<HTMLDivElement>(null)
  const toggle = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const [open, setOpen] = useState(false)
  useEscape(whole, open, () => {
    setOpen(false)
    toggle.current?.focus()
  })
  useLayoutEffect(() => {
    const within = whole.current
    if (!open || !within) return
    list.current?.scrollIntoView({ block: 'nearest', behavior: 'instant' })
    // By its path: seen from outside a shadow root, all of it has the same target.
    const outside = (event: Event) => {
      if (!event.composedPath().includes(within)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [open])
  return { whole, toggle, list, open, setOpen }
}
