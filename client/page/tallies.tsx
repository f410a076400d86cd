import { useMemo } from 'preact/hooks'
import type { Source } from '../../server/contract.ts'
import type { FilterFields } from '../ui/filters.ts'
import { useWords } from '../ui/setting.ts'

/** Years and outlets that are listed, at most; the fields take any other. */
const MOST = 12

/** How many documents each year and each outlet has; a click asks only those. */
export function Tallies({ sources, onFilter }: { sources: Source[]; onFilter: (fields: Partial<FilterFields>) => void }) {
  const words = useWords()
  const years = useMemo(() => tally(sources.map(({ published }) => published?.slice(0, 4))).sort((a, b) => b.name.localeCompare(a.name)), [sources])
  const outlets = useMemo(() => tally(sources.map(({ outlet }) => outlet)).sort((a, b) => b.count - a.count || a.name.localeCompare(b.name)), [sources])
  return (
    <>
      <Row label={words.byYear} counted={years} nameOf={words.date} onChoose={(year) => onFilter({ from: year, until: year })} />
      <Row label={words.byOutlet} counted={outlets} nameOf={(outlet) => outlet} onChoose={(outlet) => onFilter({ outlet })} />
    </>
  )
}

interface Counted {
  name: string
  count: number
}

interface RowProps {
  label: string
  counted: Counted[]
  nameOf: (name: string) => string
  onChoose: (name: string) => void
}

function Row({ label, counted, nameOf, onChoose }: RowProps) {
  const words = useWords()
  if (counted.length < 2) return null
  return (
    <ul class="tallies" aria-label={label}>
      {counted.slice(0, MOST).map(({ name, count }) => (
        <li key={name}>
          <button type="button" class="action" onClick={() => onChoose(name)}>
            {words.tally(nameOf(name), count)}
          </button>
        </li>
      ))}
    </ul>
  )
}

function tally(names: (string | null | undefined)[]): Counted[] {
  const counts = new Map<string, number>()
  for (const name of names) if (name) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => ({ name, count }))
}
