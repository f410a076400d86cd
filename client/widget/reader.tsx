import type { RefObject } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import type { Citation } from '../../server/contract.ts'
import type { Conversation } from '../ui/conversation.ts'
import type { Span } from '../ui/paragraphs.ts'
import { QuestionBox, toNextQuestion } from '../ui/question-box.tsx'
import { useSetting, useWords } from '../ui/setting.ts'
import type { Extent } from '../ui/status.ts'
import { Suggestions } from '../ui/suggestions.tsx'
import { TurnView } from '../ui/turn.tsx'

/** How many documents there are is not asked for: a widget costs its site one request until it is used. */
export const EXTENT: Extent = { documents: null, complete: true }

/** Room above a question that is brought to the top, in pixels. */
const AIR = 16

export interface Followed {
  citation: Citation | null
  source: string
  span: Span | null
}

interface Props {
  conversation: Conversation
  suggested: string[]
  placeholder: string
  /** What a screen reader is to hear. */
  said: string
  announce: (text: string) => void
  onFollow: (followed: Followed) => void
}

/** The conversation, the question box below it, and whose it is. */
export function Reader({ conversation, suggested, placeholder, said, announce, onFollow }: Props) {
  const { server, words } = useSetting()
  const { turns, running } = conversation
  const scroller = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const reading = useMemo(() => ({ titleOf: () => null, announce }), [announce])

  // What was pressed is gone afterwards.
  const andStay = (act: () => void) => {
    act()
    toNextQuestion(field.current)
  }
  const ask = (question: string) => andStay(() => conversation.ask(question))
  const toTop = (heading: HTMLElement) => {
    const view = scroller.current
    if (view) view.scrollTop += heading.getBoundingClientRect().top - view.getBoundingClientRect().top - AIR
  }
  const follow = (source: string, span: Span | null, turn: number) => {
    const citations = turns.find(({ id }) => id === turn)?.citations ?? []
    const at = (place: { start: number; end: number }) => place.start === span?.start && place.end === span.end
    const citation = citations.find((c) => (c.source.id === source && at(c)) || c.alsoIn.some((also) => also.source === source && at(also)))
    onFollow({ citation: citation ?? null, source, span })
  }
  return (
    <>
      <div class={turns.length > 0 ? 'turns asked' : 'turns'} ref={scroller}>
        {turns.length === 0 && <Beginning questions={suggested} onAsk={ask} />}
        {turns.map((turn) => (
          <TurnView
            key={turn.id}
            turn={turn}
            extent={EXTENT}
            reading={reading}
            shown={null}
            open={follow}
            arrived={toTop}
            latest={turn === turns.at(-1)}
            retry={running ? undefined : () => andStay(() => conversation.retry(turn.id))}
          />
        ))}
      </div>
      <QuestionBox
        field={field as RefObject<HTMLTextAreaElement>}
        running={running}
        placeholder={placeholder || (turns.length > 0 ? words.placeholder : '')}
        onAsk={ask}
        onStop={() => andStay(conversation.stop)}
      />
      <footer part="foot">
        <a href={server.url('')} target="_blank" rel="noopener">
          {words.name}
        </a>
      </footer>
      <p class="off-screen" aria-live="polite">
        {said}
      </p>
    </>
  )
}

function Beginning({ questions, onAsk }: { questions: string[]; onAsk: (question: string) => void }) {
  const words = useWords()
  return (
    <>
      <p class="tagline">{words.tagline(EXTENT.documents, EXTENT.complete)}</p>
      <Suggestions heading="h3" questions={questions} onAsk={onAsk} />
    </>
  )
}
