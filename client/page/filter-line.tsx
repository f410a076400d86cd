import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Source } from '../../server/contract.ts'
import { useEscape } from '../ui/escape.ts'
import { filterTexts } from '../ui/filter-words.ts'
import type { Filters } from '../ui/filters.ts'
import { useReading } from '../ui/reading.ts'
import { useWords } from '../ui/setting.ts'
import { FilterPanel } from './filter-panel.tsx'
import type { FilterState } from './use-filters.ts'

/** What the page asks of the filters from outside. */
export interface FilterControl {
  /** Opens the fields and goes to the first that cannot be asked with. */
  showFault: () => void
  /** The fields would stand over the answer. */
  close: () => void
}

interface Props {
  state: FilterState
  sources: Source[]
  control: RefObject<FilterControl>
  /** What stands at the end of the line. */
  children: ComponentChildren
}

/** Below the question box: the way to the filters, and those that are set, each of which a click removes. */
export function FilterLine({ state, sources, control, children }: Props) {
  const words = useWords()
  const { announce, titleOf } = useReading()
  const [open, setOpen] = useState(false)
  const id = useId()
  const line = useRef<HTMLDivElement>(null)
  const toggle = useRef<HTMLButtonElement>(null)
  const faulty = useRef(false)
  const texts = filterTexts(state.filters, words, titleOf)
  const latest = useRef(texts)
  latest.current = texts

  control.current = {
    showFault: () => {
      if (open) return goToFault()
      faulty.current = true
      setOpen(true)
    },
    close: () => setOpen(false),
  }
  const goToFault = () => line.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  useEffect(() => {
    // That of closing may come late, when it is to be opened again already.
    if (!open || !faulty.current) return
    faulty.current = false
    goToFault()
  }, [open])

  useEscape(line, open, () => {
    setOpen(false)
    toggle.current?.focus()
  })

  const remove = (name: keyof Filters, text: string) => {
    state.remove(name)
    announce(words.filterRemoved(text))
    toggle.current?.focus()
  }
  // A field is left before what stands in it has come through to here.
  const changed = (name: keyof Filters) =>
    queueMicrotask(() => {
      const text = latest.current.find((filter) => filter.name === name)?.text
      if (text) announce(words.filterSet(text))
    })
  return (
    <div class="filters" ref={line}>
      <div class="line">
        <button type="button" class="action toggle" ref={toggle} aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
          {words.filters}
        </button>
        {texts.length > 0 && (
          <ul class="chips">
            {texts.map(({ name, text }) => (
              <li key={name}>
                <button type="button" class="chip" aria-label={words.removeFilter(text)} onClick={() => remove(name, text)}>
                  <span>{text}</span> <span aria-hidden="true">×</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {children}
      </div>
      {open && <FilterPanel id={id} state={state} sources={sources} onChanged={changed} />}
    </div>
  )
}
