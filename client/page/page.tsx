import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Citation } from '../../server/contract.ts'
import { type Extent, statusOf } from '../ui/answer.tsx'
import { type Turn, useConversation } from '../ui/conversation.ts'
import { messageOf } from '../ui/failure.tsx'
import { useLoaded } from '../ui/loaded.ts'
import { useMedia } from '../ui/media.ts'
import { QuestionBox } from '../ui/question-box.tsx'
import { ReadingProvider } from '../ui/reading.ts'
import { useSetting, useWords } from '../ui/setting.ts'
import { SourceView } from '../ui/source-view.tsx'
import { TurnView } from '../ui/turn.tsx'
import { usePageKeys } from './keys.ts'
import { type Place, usePlaces } from './place.ts'
import { Record } from './record.tsx'
import { NotReady, Suggestions } from './welcome.tsx'

/** From here on there is room for a source beside the conversation; page.css has the same number. */
const WIDE = '(min-width: 68rem)'

export function Page() {
  const { server, words } = useSetting()
  const wide = useMedia(WIDE)
  const field = useRef<HTMLTextAreaElement>(null)
  const opener = useRef<HTMLElement | null>(null)
  const [said, announce] = useState('')

  const { place, open, move, close } = usePlaces(server)
  const setting = place && (!place.beside ? 'whole' : wide ? 'beside' : 'over')

  const readiness = useLoaded('ready', (signal) => server.ready(signal))
  const usable = readiness.failure === null
  // Whoever follows a link to a source comes for that one.
  const needed = usable && setting !== 'whole'
  const list = useLoaded(needed ? 'sources' : null, (signal) => server.sources(signal))
  const extent: Extent = { documents: list.value?.sources.length ?? null, complete: list.value?.complete ?? true }
  const suggested = useLoaded(needed ? 'suggestions' : null, (signal) => server.suggestions(signal))

  const conversation = useConversation(server, ({ answer, failure }) => {
    announce(answer ? statusOf(answer, extent, words) : failure ? messageOf(failure, words) : '')
  })
  const { turns, running } = conversation

  const openFrom = useCallback(
    (source: string, span: Place['span'], turn: number | null) => {
      if (document.activeElement instanceof HTMLElement) opener.current = document.activeElement
      open(source, span, turn)
    },
    [open],
  )
  useReturnOfFocus(place, opener, field)
  usePageKeys({ focusQuestion: () => field.current?.focus(), close: place ? close : null })
  useEffect(() => {
    document.documentElement.classList.toggle('held', setting === 'over')
  }, [setting])

  const latest = turns.at(-1)?.question
  useEffect(() => {
    if (setting !== 'whole') document.title = latest ? `${latest} · ${words.name}` : words.name
  }, [latest, setting])

  const reading = useMemo(() => ({ titleOf: (id: string) => list.value?.sources.find((source) => source.id === id)?.title ?? null, announce }), [list.value])
  const ask = (question: string) => {
    announce(words.searching)
    conversation.ask(question)
    // On a phone the keyboard would cover the answer; elsewhere the next question can be typed at once.
    if (matchMedia('(pointer: coarse)').matches) field.current?.blur()
    else field.current?.focus({ preventScroll: true })
  }
  // The buttons that were pressed for these two are gone afterwards: focus goes where the next one is.
  const retry = (id: number) => {
    announce(words.searching)
    conversation.retry(id)
    field.current?.focus({ preventScroll: true })
  }
  const stop = () => {
    conversation.stop()
    field.current?.focus({ preventScroll: true })
  }
  const askAgain = (id: number) => {
    close()
    retry(id)
  }
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
      onAskAgain={from && !running ? () => askAgain(from.id) : undefined}
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
                arrived={toTop}
                latest={turn === turns.at(-1)}
                retry={running ? undefined : () => retry(turn.id)}
              />
            ))}
            {readiness.failure && turns.length === 0 ? (
              <NotReady failure={readiness.failure} again={readiness.again} />
            ) : (
              <QuestionBox field={field} running={running} placeholder={turns.length === 0 ? '' : words.placeholder} onAsk={ask} onStop={stop} />
            )}
            {turns.length === 0 && usable && <Suggestions questions={suggested.value ?? []} onAsk={ask} />}
          </main>
          <ReadingProvider value={{ ...reading, current: null, open: (source, span) => openFrom(source, span, null) }}>
            <aside class="rail" inert={behind} aria-label={words.record}>
              <Record list={list} languages={readiness.value?.languages ?? {}} open={wide} />
            </aside>
          </ReadingProvider>
          {view}
        </div>
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

/** When the source closes, focus goes back to what opened it, and the conversation stays where it was. */
function useReturnOfFocus(place: Place | null, opener: { current: HTMLElement | null }, field: { current: HTMLElement | null }) {
  const wasOpen = useRef(place !== null)
  useEffect(() => {
    if (wasOpen.current && !place) {
      const target = opener.current?.isConnected ? opener.current : field.current
      target?.focus({ preventScroll: true })
    }
    wasOpen.current = place !== null
  }, [place])
}
