import { useState } from 'preact/hooks'
import type { Ready } from '../../server/contract.ts'
import type { SourceList } from '../api.ts'
import { Dotted, Published } from '../ui/dotted.tsx'
import type { Loaded } from '../ui/loaded.ts'
import { useWords } from '../ui/setting.ts'
import { SourceLink } from '../ui/source-link.tsx'
import { balanced } from '../words/formats.ts'

/** Rows at first, and at most: a list of thousands helps nobody and slows the page. */
const FIRST = 10
const MOST = 500

/** The list of documents: at the side of a wide page, folded at the foot of a narrow one. */
export function Record({ list, languages, open }: { list: Loaded<SourceList>; languages: Ready['languages']; open: boolean }) {
  const words = useWords()
  const [all, setAll] = useState(false)
  if (list.failure) return <p class="note">{words.sourcesFailed}</p>
  if (!list.value) return null
  const { sources, complete } = list.value
  const others = Object.keys(languages).filter((language) => language !== 'en')
  const foreign = others.reduce((sum, language) => sum + (languages[language] ?? 0), 0)
  const rows = sources.slice(0, all ? MOST : FIRST)
  return (
    <details class="record" open={open}>
      <summary>
        <h2>{words.record}</h2> <span>{words.documents(sources.length, complete)}</span>
      </summary>
      {foreign > 0 && <p class="note">{words.otherLanguages(foreign, others)}</p>}
      <ul>
        {rows.map((source) => (
          <li key={source.id}>
            <p class="title">
              <SourceLink source={source.id}>
                <bdi>{balanced(source.title)}</bdi>
              </SourceLink>
            </p>
            <Dotted>
              {source.outlet ?? source.author}
              {source.published && <Published source={source} />}
            </Dotted>
          </li>
        ))}
      </ul>
      {!all && sources.length > FIRST && (
        <button type="button" class="action" onClick={() => setAll(true)}>
          {words.showAll(Math.min(sources.length, MOST))}
        </button>
      )}
      {all && sources.length > MOST && <p class="note">{words.notListed(sources.length - MOST)}</p>}
    </details>
  )
}
