import { useId } from 'preact/hooks'
import type { Source } from '../../server/contract.ts'
import { speakersOf } from '../sources.ts'
import type { Filters } from '../ui/filters.ts'
import { MAX_FILTER } from '../ui/limits.ts'
import { useLoaded } from '../ui/loaded.ts'
import { useSetting } from '../ui/setting.ts'
import { Choice, DateField } from './filter-fields.tsx'
import type { FilterState } from './use-filters.ts'

/** Sources to choose from here, at most; the list of documents can set any other. */
const MOST = 500

/** The fields of dates, and the filter that each makes. */
const DATES = [
  ['from', 'after'],
  ['until', 'before'],
] as const

interface Props {
  id: string
  state: FilterState
  sources: Source[]
  /** A field was left with something new in it. */
  onChanged: (filter: keyof Filters) => void
}

/** When, by whom and where the answers may have been said. What is chosen counts at once. */
export function FilterPanel({ id, state, sources, onChanged }: Props) {
  const { server, words } = useSetting()
  const { fields, faults, set } = state
  const speakers = useLoaded('speakers', (signal) => speakersOf(server, signal))
  const own = useId()
  const forms = `${own}-forms`
  const messages = { 'no-date': words.noDate, order: words.untilBeforeFrom }
  const outlets = [...new Set(sources.flatMap(({ outlet }) => outlet ?? []))].sort((a, b) => a.localeCompare(b))
  return (
    <fieldset id={id} class="filter-panel" aria-label={words.filters}>
      {DATES.map(([name, filter]) => (
        <DateField
          key={name}
          name={name}
          label={words[name]}
          value={fields[name]}
          fault={faults[name] && messages[faults[name]]}
          forms={forms}
          set={set}
          onChanged={() => onChanged(filter)}
        />
      ))}
      <p class="note forms" id={forms}>
        {words.dateForms}
      </p>
      <p class="field">
        <label for={`${own}-speaker`}>{words.speaker}</label>
        <input
          id={`${own}-speaker`}
          type="text"
          dir="auto"
          autocomplete="off"
          maxLength={MAX_FILTER}
          list={`${own}-speakers`}
          value={fields.speaker}
          onInput={(event) => set({ speaker: event.currentTarget.value })}
          onChange={() => onChanged('speaker')}
        />
        <datalist id={`${own}-speakers`}>
          {speakers.value?.map(({ name, role }) => (
            <option key={name} value={name}>
              {role ?? name}
            </option>
          ))}
        </datalist>
      </p>
      <Choice
        id={`${own}-outlet`}
        label={words.outlet}
        value={fields.outlet}
        options={outlets.map((outlet) => [outlet, outlet])}
        choose={(outlet) => {
          set({ outlet })
          onChanged('outlet')
        }}
      />
      <Choice
        id={`${own}-source`}
        label={words.source}
        value={fields.source}
        options={sources.slice(0, MOST).map(({ id, title }) => [id, title])}
        choose={(source) => {
          set({ source })
          onChanged('source')
        }}
      />
    </fieldset>
  )
}
