import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks'
import type { Answer, AskRequest, Citation, ProseSentence } from '../../server/contract.ts'
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
  /** What a language model writes, as it arrives; the answer has it once it is whole. */
  prose?: ProseSentence[]
}

/** Where turns are kept between two visits; `save` says whether they are. */
export interface Keeping {
  load: () => Turn[]
  save: (turns: Turn[]) => boolean
}

export interface Conversation {
  turns: Turn[]
  running: boolean
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

/** `onEnd` is told how each turn ended; `prose`: is what a language model writes of the quotes shown? */
export function useConversation(server: Server, onEnd: (turn: Pick<Turn, 'answer' | 'failure'>) => void, keeping?: Keeping, prose = false): Conversation {
  const [earlier] = useState(() => keeping?.load() ?? [])
  const [restored] = useState(() => new Set(earlier.map(({ id }) => id)))
  const [turns, dispatch] = useReducer(reduce, earlier)
  const running = turns.some(({ state }) => state === 'waiting')
  const nextId = useRef(Math.max(0, ...restored) + 1)
  const stopping = useRef<AbortController | null>(null)
  const kept = useKept(turns, keeping)

  const run = async (turn: Asked, before: Turn[]) => {
    const { id } = turn
    const stopper = new AbortController()
    stopping.current = stopper
    const end = (result: Pick<Turn, 'answer' | 'failure'>) => {
      // What was cleared meanwhile ends unsaid.
      if (stopping.current === stopper) onEnd(result)
    }
    dispatch({ type: 'asked', turn })
    try {
      const answer = await server.ask(
        { ...requestOf(turn, turn.alone ? [] : before), ...(!prose && { prose }) },
        {
          citation: (citation) => dispatch({ type: 'citation', id, citation }),
          sentence: (sentence) => dispatch({ type: 'sentence', id, sentence }),
          signal: stopper.signal,
        },
      )
      dispatch({ type: 'answered', id, answer })
      end({ answer, failure: null })
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error
      dispatch({ type: 'failed', id, failure: error.failure })
      end({ answer: null, failure: error.failure })
    }
  }
  return {
    turns,
    running,
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
      dispatch({ type: 'cleared' })
    }, []),
  }
}

/** Saves the turns whenever one is asked or ends, not at each citation, and not as they were loaded. */
function useKept(turns: Turn[], keeping: Keeping | undefined): boolean {
  const [kept, setKept] = useState(true)
  const moment = turns.map(({ id, state }) => `${id} ${state}`).join()
  const saved = useRef(moment)
  useEffect(() => {
    if (!keeping || moment === saved.current) return
    saved.current = moment
    setKept(keeping.save(turns))
  }, [moment])
  return kept
}

type Asked = Pick<Turn, 'id' | 'question' | 'filters' | 'alone'>

type Action =
  | { type: 'cleared' }
  | { type: 'asked'; turn: Asked }
  | { type: 'citation'; id: number; citation: Citation }
  | { type: 'sentence'; id: number; sentence: ProseSentence }
  | { type: 'answered'; id: number; answer: Answer }
  | { type: 'failed'; id: number; failure: Failure }

function reduce(turns: Turn[], action: Action): Turn[] {
  if (action.type === 'cleared') return []
  if (action.type === 'asked') {
    const turn: Turn = { ...action.turn, state: 'waiting', citations: [], answer: null, failure: null }
    return turns.some(({ id }) => id === turn.id) ? turns.map((old) => (old.id === turn.id ? turn : old)) : [...turns, turn]
  }
  return turns.map((turn) => (turn.id === action.id ? { ...turn, ...changeOf(turn, action) } : turn))
}

function changeOf(turn: Turn, action: Exclude<Action, { type: 'asked' | 'cleared' }>): Partial<Turn> {
  if (action.type === 'citation') return { citations: [...turn.citations, action.citation] }
  if (action.type === 'sentence') return { prose: [...(turn.prose ?? []), action.sentence] }
  if (action.type === 'failed') return { state: 'failed', failure: action.failure }
  return { state: 'answered', answer: action.answer, citations: action.answer.citations }
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
