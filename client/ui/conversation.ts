import { useCallback, useReducer, useRef } from 'preact/hooks'
import type { Answer, AskRequest, Citation } from '../../server/contract.ts'
import { type Failure, RequestFailed, type Server } from '../api.ts'

export interface Turn {
  id: number
  question: string
  state: 'waiting' | 'answered' | 'failed'
  /** As they arrive; the answer's own once it is whole. */
  citations: Citation[]
  answer: Answer | null
  failure: Failure | null
}

export interface Conversation {
  turns: Turn[]
  running: boolean
  ask: (question: string) => void
  /** Asks a failed turn's question again, in its place. */
  retry: (id: number) => void
  stop: () => void
}

/** What the server takes of the conversation so far (MAX_HISTORY of the contract), and what a follow-up needs of each turn. */
const HISTORY_TURNS = 10
const HISTORY_CITATIONS = 3

/** `onEnd` is told how each turn ended. */
export function useConversation(server: Server, onEnd: (turn: Pick<Turn, 'answer' | 'failure'>) => void): Conversation {
  const [turns, dispatch] = useReducer(reduce, [])
  const running = turns.some(({ state }) => state === 'waiting')
  const nextId = useRef(1)
  const stopping = useRef<AbortController | null>(null)

  const run = async (id: number, question: string, before: Turn[]) => {
    const stopper = new AbortController()
    stopping.current = stopper
    dispatch({ type: 'asked', id, question })
    try {
      const answer = await server.ask(requestOf(question, before), {
        citation: (citation) => dispatch({ type: 'citation', id, citation }),
        signal: stopper.signal,
      })
      dispatch({ type: 'answered', id, answer })
      onEnd({ answer, failure: null })
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error
      dispatch({ type: 'failed', id, failure: error.failure })
      onEnd({ answer: null, failure: error.failure })
    }
  }
  return {
    turns,
    running,
    ask: (question) => {
      if (!running) run(nextId.current++, question, turns)
    },
    retry: (id) => {
      const at = turns.findIndex((turn) => turn.id === id)
      const turn = turns[at]
      if (turn && !running) run(id, turn.question, turns.slice(0, at))
    },
    stop: useCallback(() => stopping.current?.abort(), []),
  }
}

type Action =
  | { type: 'asked'; id: number; question: string }
  | { type: 'citation'; id: number; citation: Citation }
  | { type: 'answered'; id: number; answer: Answer }
  | { type: 'failed'; id: number; failure: Failure }

function reduce(turns: Turn[], action: Action): Turn[] {
  if (action.type === 'asked') {
    const turn: Turn = { id: action.id, question: action.question, state: 'waiting', citations: [], answer: null, failure: null }
    return turns.some(({ id }) => id === turn.id) ? turns.map((old) => (old.id === turn.id ? turn : old)) : [...turns, turn]
  }
  return turns.map((turn) => (turn.id === action.id ? { ...turn, ...changeOf(turn, action) } : turn))
}

function changeOf(turn: Turn, action: Exclude<Action, { type: 'asked' }>): Partial<Turn> {
  if (action.type === 'citation') return { citations: [...turn.citations, action.citation] }
  if (action.type === 'failed') return { state: 'failed', failure: action.failure }
  return { state: 'answered', answer: action.answer, citations: action.answer.citations }
}

function requestOf(question: string, before: Turn[]): AskRequest {
  const history = before
    .filter(({ answer }) => answer !== null)
    .slice(-HISTORY_TURNS)
    .map((turn) => ({
      question: turn.question,
      citations: turn.citations.slice(0, HISTORY_CITATIONS).map(({ source, start, end }) => ({ source: source.id, start, end })),
    }))
  return { question, history }
}
