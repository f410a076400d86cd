import { useMemo, useState } from 'preact/hooks'
import type { Ready, Source } from '../../server/contract.ts'
import type { SourceList } from '../sources.ts'
import { Dotted, Published } from '../ui/dotted.tsx'
import type { FilterFields } from '../ui/filters.ts'
import type { Loaded } from '../ui/loaded.ts'
import { useWords } from '../ui/setting.ts'
import { SourceLink } from '../ui/source-link.tsx'
import { balanced } from '../words/formats.ts'
import { Tallies } from './tallies.tsx'

/** Rows at first, and at most: a list of thousands helps nobody and slows the page. */
const FIRST = 10
const MOST = 500

interface Props {
  list: Loaded<SourceList>
  languages: Ready['languages']
  open: boolean
  /** Sets filters for the next question. */
  onFilter: (fields: Partial<FilterFields>) => void
}

/** The list of documents, newest first: at the side of a wide page, folded at the foot of a narrow one. */
export function Record({ list, languages, open, onFilter }: Props) {
  const words = useWords()
  const [all, setAll] = useState(false)
  const [wanted, setWanted] = useState('')
  const sorted = useMemo(() => newestFirst(list.value?.sources ?? []), [list.value])
  if (list.failure) return <p class="note">{words.sourcesFailed}</p>
  if (!list.value) return null
  const { sources, complete } = list.value
  const found = wanted.trim() ? sorted.filter((source) => isWanted(source, wanted)) : sorted
  const most = all || wanted.trim() ? MOST : FIRST
  const others = Object.keys(languages).filter((language) => language !== 'en')
  const foreign = others.reduce((sum, language) => sum + (languages[language] ?? 0), 0)
  return (
    <details class="record" open={open}>
      <summary>
        <h2>{words.record}</h2> <span>{words.documents(sources.length, complete)}</span>
      </summary>
      {foreign > 0 && <p class="note">{words.otherLanguages(foreign, others)}</p>}
      <Tallies sources={sources} onFilter={onFilter} />
      {sources.length > FIRST && (
        <input
          type="search"
          dir={wanted ? 'auto' : undefined}
          aria-label={words.findDocument}
          placeholder={words.findDocument}
          autocomplete="off"
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      <ul class="documents">
        {found.slice(0, most).map((source) => (
          <li key={source.id}>
            <p class="title">
              <SourceLink source={source.id}>
                <bdi>{balanced(source.title)}</bdi>
              </SourceLink>
            </p>
            <div class="facts">
              <Dotted>
                {source.outlet ?? source.author}
                {source.published && <Published source={source} />}
              </Dotted>
              <button type="button" class="action" aria-label={words.onlyThisTitle(source.title)} onClick={() => onFilter({ source: source.id })}>
                {words.onlyThis}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {found.length === 0 && sources.length > 0 && (
        <p class="note" role="status">
          {words.noDocument}
        </p>
      )}
      {most === FIRST && found.length > FIRST && (
        <button type="button" class="action" onClick={() => setAll(true)}>
          {words.showAll(Math.min(found.length, MOST))}
        </button>
      )}
      {most === MOST && found.length > MOST && <p class="note">{words.notListed(found.length - MOST)}</p>}
    </details>
  )
}

/** Those without a date come last. */
export function newestFirst(sources: Source[]): Source[] {
  return [...sources].sort((a, b) => (b.published ?? '').localeCompare(a.published ?? '') || a.title.localeCompare(b.title))
}

/** Every word stands somewhere in the title, outlet, author or date. */
function isWanted({ title, outlet, author, published }: Source, wanted: string): boolean {
  const text = [title, outlet, author, published].join(' ').toLowerCase()
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
