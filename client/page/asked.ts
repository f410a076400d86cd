import type { RefObject } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type Conversation, type Turn, useConversation } from '../ui/conversation.ts'
import { filterTexts } from '../ui/filter-words.ts'
import { type FilterFields, type Filters, filtersOf, NO_FILTERS } from '../ui/filters.ts'
import { keepingOn } from '../ui/kept-turns.ts'
import { toNextQuestion } from '../ui/question-box.tsx'
import type { Reading } from '../ui/reading.ts'
import { useSetting } from '../ui/setting.ts'
import { type Extent, extentWithin, outcomeOf } from '../ui/status.ts'
import { takeSharedQuestion } from './arriving.ts'
import { browserShelf } from './browser-shelf.ts'
import { download } from './download.ts'
import { conversationMarkdown } from './markdown.ts'
import { type FilterState, useFilters } from './use-filters.ts'

export interface Asked {
  conversation: Conversation
  filters: FilterState
  /** What was not understood of the link that led here. */
  note: string | null
  ask: (question: string) => void
  retry: (turn: Turn) => void
  stop: () => void
  clear: () => void
  save: () => void
  /** Sets filters from outside their fields. */
  filterBy: (fields: Partial<FilterFields>) => void
}

/** The conversation of this page: kept in the browser, asked with filters, begun by a shared link; says what happens, and keeps the focus. */
export function useAsked(extent: Extent, { titleOf, announce }: Pick<Reading, 'titleOf' | 'announce'>, field: RefObject<HTMLElement | null>): Asked {
  const { server, words } = useSetting()
  const filters = useFilters()
  const [note, setNote] = useState<string | null>(null)
  const used = useRef<Filters>({})
  const keeping = useMemo(() => keepingOn(browserShelf(), server.url('')), [server])
  const conversation = useConversation(server, (turn) => announce(outcomeOf(turn, extentWithin(extent, used.current), words)), keeping, true)
  const toField = () => field.current?.focus({ preventScroll: true })
  const begin = (filters: Filters) => {
    used.current = filters
    announce(words.searching)
  }

  const [shared] = useState(() => takeSharedQuestion(server))
  useEffect(() => {
    if (!shared) return
    filters.replace(shared.filters)
    setNote(shared.question === null ? words.sharedNoQuestion : shared.ignored.length > 0 ? words.sharedIgnored(shared.ignored) : null)
    if (shared.question === null) return
    begin(shared.filters)
    conversation.ask(shared.question, { filters: shared.filters, alone: true })
  }, [])

  return {
    conversation,
    filters,
    note,
    ask: (question) => {
      setNote(null)
      begin(filters.filters)
      conversation.ask(question, { filters: filters.filters })
      toNextQuestion(field.current)
    },
    // The buttons that were pressed for these are gone afterwards: focus goes where the next one is.
    retry: (turn) => {
      begin(turn.filters)
      conversation.retry(turn.id)
      toField()
    },
    stop: () => {
      conversation.stop()
      toField()
    },
    clear: () => {
      conversation.clear()
      announce(words.cleared)
      field.current?.focus()
    },
    save: () => {
      const day = today()
      const name = `on-record-${day}.md`
      download(name, 'text/markdown', conversationMarkdown(conversation.turns, { words, server, extent, titleOf, day }))
      announce(words.saved(name))
    },
    filterBy: (fields) => {
      filters.set(fields)
      const texts = filterTexts(filtersOf({ ...NO_FILTERS, ...fields }).filters, words, titleOf)
      announce(words.filterSet(texts.map(({ text }) => text).join(', ')))
      field.current?.focus()
    },
  }
}

/** The reader's day, as YYYY-MM-DD. */
function today(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}
