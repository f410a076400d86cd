import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Answer } from '../../server/contract.ts'
import type { Failure } from '../api.ts'
import { useConversation } from '../ui/conversation.ts'
import { useLoaded } from '../ui/loaded.ts'
import { SettingProvider } from '../ui/setting.ts'
import { outcomeOf } from '../ui/status.ts'
import { Launcher } from './launcher.tsx'
import type { Options } from './options.ts'
import { EXTENT, type Followed, Reader } from './reader.tsx'
import { isRefusal, type SiteServer } from './site-server.ts'

/** A question that the site asks, by the element's ask(). */
export interface Asked {
  question: string
  answered: (answer: Answer) => void
  failed: (failure: Failure) => void
}

export interface WidgetProps {
  options: Options
  server: SiteServer
  /** The first of the questions that the site asks. */
  asked: Asked | undefined
  open: boolean
  /** The panel covers the window. */
  narrow: boolean
  /** Counts how often the element was put into a page. */
  connection: number
  onOpen: () => void
  onClose: () => void
  onReady: () => void
  onAnswer: (answer: Answer) => void
  onFollow: (followed: Followed) => void
}

/** Everything below the shadow root. */
export function Widget({ options, server, asked, open, narrow, connection, onOpen, onClose, onReady, onAnswer, onFollow }: WidgetProps) {
  const { words, mode, heading } = options
  const [said, setSaid] = useState('')
  const announce = useCallback((text: string) => setSaid(text), [])
  const running = useRef<Asked | null>(null)

  // Also tells whether this server answers pages of this site at all.
  const suggested = useLoaded('suggestions', (signal) => server.suggestions(signal))
  const refused = suggested.failure !== null && isRefusal(suggested.failure)
  useEffect(() => {
    if (suggested.value) onReady()
  }, [suggested.value])

  const conversation = useConversation(server, (turn) => {
    const { answer, failure } = turn
    announce(outcomeOf(turn, EXTENT, words))
    const one = running.current
    running.current = null
    if (answer) one?.answered(answer)
    if (failure) one?.failed(failure)
    if (answer) onAnswer(answer)
  })
  useEffect(() => conversation.stop, [])
  useEffect(() => {
    if (conversation.running) announce(words.searching)
    else if (asked && running.current !== asked) {
      running.current = asked
      conversation.ask(asked.question)
    }
  }, [asked, conversation.running])

  const setting = useMemo(() => ({ server, words }), [server, words.locale])
  const reader = (
    <Reader
      conversation={conversation}
      suggested={options.suggestions ? (suggested.value ?? []) : []}
      placeholder={options.placeholder}
      said={said}
      announce={announce}
      onFollow={onFollow}
    />
  )
  return (
    <SettingProvider value={setting}>
      <div
        class={options.hostSize === null ? 'root' : 'root as-host'}
        data-theme={options.theme}
        lang={words.locale}
        dir={words.dir}
        style={options.hostSize === null ? undefined : { '--own-size': `${options.hostSize}px` }}
      >
        {mode === 'launcher' ? (
          <Launcher
            open={open}
            hidden={suggested.value === null}
            modal={narrow}
            connection={connection}
            position={options.position}
            heading={heading}
            onOpen={onOpen}
            onClose={onClose}
          >
            {refused ? <Refused text={words.notAvailable} /> : reader}
          </Launcher>
        ) : refused ? (
          <Refused text={words.notAvailable} />
        ) : (
          <section class="panel inline" part="panel" aria-labelledby="heading">
            <header>
              <h2 id="heading" part="heading">
                {heading}
              </h2>
            </header>
            {reader}
          </section>
        )}
      </div>
    </SettingProvider>
  )
}

export function Refused({ text }: { text: string }) {
  return (
    <p class="refused note" part="refused">
      {text}
    </p>
  )
}
