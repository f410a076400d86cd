import { useId, useState } from 'preact/hooks'
import type { FilterFields } from '../ui/filters.ts'
import { useWords } from '../ui/setting.ts'

interface DateFieldProps {
  name: 'from' | 'until'
  label: string
  value: string
  fault: string | null
  /** The id of the note that says how a date is written. */
  forms: string
  set: (change: Partial<FilterFields>) => void
  onChanged: () => void
}

/** What is wrong with a date is said once the field is left, not while it is typed. */
export function DateField({ name, label, value, fault, forms, set, onChanged }: DateFieldProps) {
  const id = useId()
  const [left, setLeft] = useState(value !== '')
  const shown = left && fault !== null
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="text"
        dir="ltr"
        inputMode="text"
        autocomplete="off"
        spellcheck={false}
        placeholder="2025-06"
        maxLength={20}
        value={value}
        aria-invalid={shown}
        aria-describedby={shown ? `${id}-fault ${forms}` : forms}
        onInput={(event) => {
          setLeft(false)
          set({ [name]: event.currentTarget.value })
        }}
        onBlur={() => setLeft(true)}
        onChange={() => {
          setLeft(true)
          onChanged()
        }}
      />
      {shown && (
        <span class="field-error" id={`${id}-fault`} role="alert">
          {fault}
        </span>
      )}
    </p>
  )
}

interface ChoiceProps {
  id: string
  label: string
  value: string
  options: [value: string, text: string][]
  choose: (value: string) => void
}

/** One of several, or any. */
export function Choice({ id, label, value, options, choose }: ChoiceProps) {
  const words = useWords()
  // What a link or the list of documents has set may be none of them.
  const all = value === '' || options.some(([known]) => known === value) ? options : [...options, [value, value] as const]
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{words.any}</option>
        {all.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </p>
  )
}
