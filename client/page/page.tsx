import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Citation } from '../../server/contract.ts'
import { sourcesOf } from '../sources.ts'
import type { Turn } from '../ui/conversation.ts'
import { useLoaded } from '../ui/loaded.ts'
import { useMedia } from '../ui/media.ts'
import { ReadingProvider } from '../ui/reading.ts'
import { useSetting, useWords } from '../ui/setting.ts'
import { SourceView } from '../ui/source-view.tsx'
import type { Extent } from '../ui/status.ts'
import { Suggestions } from '../ui/suggestions.tsx'
import { TurnView } from '../ui/turn.tsx'
import { useAsked } from './asked.ts'
import { Asking } from './asking.tsx'
import { usePageKeys } from './keys.ts'
import { type Place, usePlaces } from './place.ts'
import { Prose } from './prose.tsx'
import { newestFirst, Record } from './record.tsx'
import { useReturnOfFocus } from './return-of-focus.ts'
import { shareAddress } from './shared-question.ts'
import { Thumbs } from './thumbs.tsx'
import { NotReady } from './welcome.tsx'

/** From here on there is room for a source beside the conversation; page.css has the same number. */
const WIDE = '(min-width: 68rem)'

export function Page() {
  const { server, words } = useSetting()
  const wide = useMedia(WIDE)
  const field = useRef<HTMLTextAreaElement>(null)
  const [said, announce] = useState('')

  const { place, open, move, close } = usePlaces(server)
  const setting = place && (!place.beside ? 'whole' : wide ? 'beside' : 'over')

  const readiness = useLoaded('ready', (signal) => server.ready(signal))
  const usable = readiness.failure === null
  // Whoever follows a link to a source comes for that one.
  const needed = usable && setting !== 'whole'
  const list = useLoaded(needed ? 'sources' : null, (signal) => sourcesOf(server, signal))
  const extent: Extent = { documents: list.value?.sources.length ?? null, complete: list.value?.complete ?? true }
  const suggested = useLoaded(needed ? 'suggestions' : null, (signal) => server.suggestions(signal))
  const sources = useMemo(() => newestFirst(list.value?.sources ?? []), [list.value])

  const reading = useMemo(() => ({ titleOf: (id: string) => sources.find((source) => source.id === id)?.title ?? null, announce }), [sources])
  const asked = useAsked(extent, reading, field)
  const { turns, running, writing, restored } = asked.conversation

  const noteOpener = useReturnOfFocus(place, field)
  const openFrom = useCallback(
    (source: string, span: Place['span'], turn: number | null) => {
      noteOpener()
      open(source, span, turn)
    },
    [open],
  )
  usePageKeys({ focusQuestion: () => field.current?.focus(), close: place ? close : null })
  useEffect(() => {
    document.documentElement.classList.toggle('held', setting === 'over')
  }, [setting])

  const latest = turns.at(-1)?.question
  useEffect(() => {
    if (setting !== 'whole') document.title = latest ? `${latest} · ${words.name}` : words.name
  }, [latest, setting])

  const behind = setting === 'over'
  const from = turns.find(({ id }) => id === place?.turn)
  const view = place && setting && (
    <SourceView
      id={place.source}
      span={place.span}
      citations={citationsFrom(from, place.source)}
      setting={setting}
      onStep={move}
      onClose={close}
      onAskAgain={
        from && !running
          ? () => {
              close()
              asked.retry(from)
            }
          : undefined
      }
    />
  )
  return (
    <>
      {(setting === null || setting === 'beside') && <Skip to={field} />}
      <header class="masthead" inert={behind}>
        <h1>{words.name}</h1>
        {!wide && extent.documents !== null && <p>{words.documents(extent.documents, extent.complete)}</p>}
        {wide && setting !== 'whole' && (
          <p class="hint">
            {words.hint.before} <kbd>{words.hint.key}</kbd> {words.hint.after}
          </p>
        )}
      </header>
      {setting === 'whole' ? (
        <main class="alone">{view}</main>
      ) : (
        <ReadingProvider value={{ ...reading, current: null, open: (source, span) => openFrom(source, span, null) }}>
          <div class="sheet">
            <main inert={behind} class={turns.length === 0 ? 'first-visit' : undefined}>
              {turns.length === 0 && <p class="tagline">{words.tagline(extent.documents, extent.complete)}</p>}
              {turns.map((turn) => (
                <TurnView
                  key={turn.id}
                  turn={turn}
                  extent={extent}
                  reading={reading}
                  shown={place?.turn === turn.id && place.span ? { source: place.source, ...place.span } : null}
                  open={openFrom}
                  arrived={restored.has(turn.id) ? undefined : toTop}
                  above={(each) => <Prose turn={each} writing={each.id === writing} />}
                  latest={turn === turns.at(-1)}
                  retry={() => asked.retry(turn)}
                  busy={running}
                  address={() => shareAddress(server.url(''), turn.answer?.question ?? turn.question, turn.filters)}
                >
                  {turn.answer && readiness.value?.feedback && <Thumbs answer={turn.answer} id={turn.id} />}
                </TurnView>
              ))}
              {readiness.failure && turns.length === 0 ? (
                <NotReady failure={readiness.failure} again={readiness.again} />
              ) : (
                <Asking field={field} asked={asked} sources={sources} />
              )}
              {turns.length === 0 && usable && <Suggestions heading="h2" questions={suggested.value ?? []} onAsk={asked.ask} />}
            </main>
            <aside class="rail" inert={behind} aria-label={words.record}>
              <Record list={list} languages={readiness.value?.languages ?? {}} open={wide} onFilter={asked.filterBy} />
            </aside>
            {view}
          </div>
        </ReadingProvider>
      )}
      <footer inert={behind}>
        <p>{words.promise}</p>
      </footer>
      <p class="off-screen" aria-live="polite">
        {said}
      </p>
    </>
  )
}

/** When it is asked; whatever arrives later grows downwards from here. */
function toTop(heading: HTMLElement) {
  heading.scrollIntoView({ block: 'start', behavior: 'instant' })
}

/** Past a long conversation. Not a link: <base> would take its fragment to another page. */
function Skip({ to }: { to: { current: HTMLElement | null } }) {
  const words = useWords()
  return (
    <button type="button" class="skip" onClick={() => to.current?.focus()}>
      {words.skip}
    </button>
  )
}

/** The quotes of a turn that come from one source, in text order. */
function citationsFrom(turn: Turn | undefined, source: string): Citation[] {
  return (turn?.citations ?? []).filter((citation) => citation.source.id === source).sort((a, b) => a.start - b.start)
}
