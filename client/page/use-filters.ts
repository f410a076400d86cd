import { useMemo, useState } from 'preact/hooks'
import { type Faults, type FilterFields, type Filters, fieldsOf, filtersOf, NO_FILTERS } from '../ui/filters.ts'

export interface FilterState {
  fields: FilterFields
  filters: Filters
  faults: Faults
  set: (change: Partial<FilterFields>) => void
  remove: (filter: keyof Filters) => void
  replace: (filters: Filters) => void
}

/** The filters that the next question is asked with; they stay until they are removed. */
export function useFilters(): FilterState {
  const [fields, setFields] = useState(NO_FILTERS)
  const { filters, faults } = useMemo(() => filtersOf(fields), [fields])
  const set: FilterState['set'] = (change) => setFields((now) => ({ ...now, ...change }))
  return {
    fields,
    filters,
    faults,
    set,
    remove: (filter) => set({ [filter === 'after' ? 'from' : filter === 'before' ? 'until' : filter]: '' }),
    replace: (wanted) => setFields(fieldsOf(wanted)),
  }
}
