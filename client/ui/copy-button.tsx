import { useCopying } from './copying.ts'

/** Copies a text; says so on the button and to screen readers. */
export function CopyButton({ text, label }: { text: () => string; label: string }) {
  const { outcome, copy } = useCopying()
  return (
    <button type="button" class="action copy" onClick={({ currentTarget }) => copy(text(), currentTarget)} aria-label={label}>
      <CopyLabel label={label} outcome={outcome} />
    </button>
  )
}

/** Both stand in the same place, so that the neighbours do not move when one takes over. */
export function CopyLabel({ label, outcome }: { label: string; outcome: string | null }) {
  return (
    <>
      <span aria-hidden={outcome ? 'true' : undefined} class={outcome ? 'hidden' : undefined}>
        {label}
      </span>
      {outcome && <span class="outcome">{outcome}</span>}
    </>
  )
}
