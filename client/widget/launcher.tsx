import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useWords } from '../ui/setting.ts'

interface Props {
  open: boolean
  /** There is nothing to launch. */
  hidden: boolean
  /** The panel covers the window: then nothing behind it can be reached. */
  modal: boolean
  connection: number
  position: 'end' | 'start'
  heading: string
  onOpen: () => void
  onClose: () => void
  children: ComponentChildren
}

/** A button in a corner of the window, and the panel that it opens. */
export function Launcher({ open, hidden, modal, connection, position, heading, onOpen, onClose, children }: Props) {
  const words = useWords()
  const panel = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = panel.current
    if (!dialog) return
    if (dialog.open) dialog.close()
    if (!open) return
    if (modal && dialog.isConnected) dialog.showModal()
    // Unlike show() it leaves the focus where it is: the panel may only have been moved with its page.
    else dialog.open = true
  }, [open, modal, connection])

  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
    event.preventDefault()
    // It was for the panel; whatever of the site's is open stays open.
    event.stopPropagation()
    onClose()
  }
  const cancelled = (event: Event) => {
    event.preventDefault()
    onClose()
  }
  return (
    <>
      {!open && !hidden && (
        <button type="button" class={`launcher ${position}`} part="launcher" aria-label={heading} title={heading} aria-haspopup="dialog" onClick={onOpen}>
          <QuotationMark />
        </button>
      )}
      <dialog ref={panel} class={`panel ${position}`} part="panel" aria-labelledby="heading" onKeyDown={pressed} onCancel={cancelled}>
        <header>
          <h2 id="heading" part="heading" tabIndex={-1}>
            {heading}
          </h2>
          <button type="button" class="action" part="close" onClick={onClose}>
            {words.close}
          </button>
        </header>
        {children}
      </dialog>
    </>
  )
}

function QuotationMark() {
  return (
    <svg viewBox="4 6 24 18" width="26" height="20" aria-hidden="true">
      <path
        fill="currentColor"
        d="M14 9.4c-3 1.3-4.6 3.1-4.6 5 .3-.1.6-.1.9-.1 2.2 0 3.9 1.6 3.9 3.9s-1.7 4.2-4 4.2c-2.7 0-4.5-2.1-4.5-5.3C5.7 12.7 8.5 9 13 7.4Zm11.5 0c-3 1.3-4.6 3.1-4.6 5 .3-.1.6-.1.9-.1 2.2 0 3.9 1.6 3.9 3.9s-1.7 4.2-4 4.2c-2.7 0-4.5-2.1-4.5-5.3 0-4.4 2.8-8.1 7.3-9.7Z"
      />
    </svg>
  )
}
