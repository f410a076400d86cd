import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Answer, AskRequest, Citation } from '../../server/contract.ts'
import { type Failure, RequestFailed, type Server } from '../api.ts'
import type { Filters } from './filters.ts'

export interface Turn {
  id: number
  question: string
  filters: Filters
  /** Asked without what came before it, as a shared question is. */
  alone: boolean
  state: 'waiting' | 'answered' | 'failed'
  /** As they arrive; the answer's own once it is whole. */
  citations: Citation[]
  answer: Answer | null
  failure: Failure | null
}

/** Where turns are kept between two visits; `save` says whether they are. */
export interface Keeping {
  load: () => Turn[]
  save: (turns: Turn[]) => boolean
}

export interface Conversation {
  turns: Turn[]
  running: boolean
  /** The turn that is answered, but whose prose is still being written: `stop` ends that, and so does another question. */
  writing: number | null
  /** The turns of an earlier visit. */
  restored: ReadonlySet<number>
  /** False: the next visit will not find these turns. */
  kept: boolean
  ask: (question: string, how?: { filters?: Filters; alone?: boolean }) => void
  /** Asks a finished turn's question again, in its place. */
  retry: (id: number) => void
  stop: () => void
  clear: () => void
}

/** What the server takes of the conversation so far (MAX_HISTORY of the contract), and what a follow-up needs of each turn. */
const HISTORY_TURNS = 10
const HISTORY_CITATIONS = 3

/** `onEnd` is told how each turn ended, once there is all but prose; `prose`: is what a language model writes of the quotes shown? */
export function useConversation(server: Server, onEnd: (turn: Pick<Turn, 'answer' | 'failure'>) => void, keeping?: Keeping, prose = false): Conversation {
  const [earlier] = useState(() => keeping?.load() ?? [])
  const [restored] = useState(() => new Set(earlier.map(({ id }) => id)))
  const [turns, setTurns] = useState(earlier)
  const running = turns.some(({ state }) => state === 'waiting')
  const [writing, setWriting] = useState<number | null>(null)
  const nextId = useRef(Math.max(0, ...restored) + 1)
  const stopping = useRef<AbortController | null>(null)
  const kept = useKept(turns, writing, keeping)

  const run = async (turn: Asked, before: Turn[]) => {
    const { id } = turn
    const stopper = new AbortController()
    stopping.current?.abort()
    stopping.current = stopper
    const change = (by: (turn: Turn) => Partial<Turn>) => setTurns((turns) => turns.map((turn) => (turn.id === id ? { ...turn, ...by(turn) } : turn)))
    const end = (result: Pick<Turn, 'answer' | 'failure'>, goesOn: number | null = null) => {
      // What was cleared meanwhile, or gave way to another question, ends unsaid.
      if (stopping.current !== stopper) return
      const { answer, failure } = result
      setWriting(goesOn)
      if (answer) change(() => ({ state: 'answered', answer, citations: answer.citations }))
      // An answer stays one without the rest of its prose.
      else change((turn) => (turn.answer ? {} : { state: 'failed', failure }))
      onEnd(result)
    }
    setWriting(null)
    setTurns((turns) => withAsked(turns, { ...turn, state: 'waiting', citations: [], answer: null, failure: null }))
    try {
      const answer = await server.ask(
        { ...requestOf(turn, turn.alone ? [] : before), ...(!prose && { prose }) },
        {
          citation: (citation) => change(({ citations }) => ({ citations: [...citations, citation] })),
          quotes: (answer) => end({ answer, failure: null }, id),
          sentence: (sentence) =>
            change(({ answer }) => (answer ? { answer: { ...answer, prose: { sentences: [...(answer.prose?.sentences ?? []), sentence] } } } : {})),
          signal: stopper.signal,
        },
      )
      end({ answer, failure: null })
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error
      end({ answer: null, failure: error.failure })
    }
  }
  return {
    turns,
    running,
    writing,
    restored,
    kept,
    ask: (question, { filters = {}, alone = false } = {}) => {
      if (!running) run({ id: nextId.current++, question, filters, alone }, turns)
    },
    retry: (id) => {
      const at = turns.findIndex((turn) => turn.id === id)
      const turn = turns[at]
      if (turn && !running) run({ id, question: turn.question, filters: turn.filters, alone: turn.alone }, turns.slice(0, at))
    },
    stop: useCallback(() => stopping.current?.abort(), []),
    clear: useCallback(() => {
      stopping.current?.abort()
      stopping.current = null
      setWriting(null)
      setTurns([])
    }, []),
  }
}

/** Saves the turns whenever one is asked or ends, its prose as well, not at each citation, and not as they were loaded. */
function useKept(turns: Turn[], writing: number | null, keeping: Keeping | undefined): boolean {
  const [kept, setKept] = useState(true)
  const moment = [writing, ...turns.map(({ id, state }) => `${id} ${state}`)].join()
  const saved = useRef(moment)
  useEffect(() => {
    if (!keeping || moment === saved.current) return
    saved.current = moment
    setKept(keeping.save(turns))
  }, [moment])
  return kept
}

type Asked = Pick<Turn, 'id' | 'question' | 'filters' | 'alone'>

/** At the end, or in the place of the turn that asked it before. */
function withAsked(turns: Turn[], turn: Turn): Turn[] {
  return turns.some(({ id }) => id === turn.id) ? turns.map((old) => (old.id === turn.id ? turn : old)) : [...turns, turn]
}

function requestOf({ question, filters }: Asked, before: Turn[]): AskRequest {
  const history = before
    .filter(({ answer }) => answer !== null)
    .slice(-HISTORY_TURNS)
    .map((turn) => ({
      question: turn.question,
      citations: turn.citations.slice(0, HISTORY_CITATIONS).map(({ source, start, end }) => ({ source: source.id, start, end })),
    }))
  return { question, history, ...(Object.keys(filters).length > 0 && { filters }) }
}
