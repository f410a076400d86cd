import type { Keeping, Turn } from './conversation.ts'
import { isTurn } from './turn-shape.ts'

/** Raise it when a Turn, or an answer in it, is no longer shown as it was stored; entries of another version are dropped. */
const VERSION = 1

/** Turns kept, at most, and characters of the entry; a browser gives a site about 5,000,000. */
const MAX_TURNS = 50
const MAX_CHARACTERS = 1_000_000

/** What is used of a `Storage`. */
export interface Shelf {
  getItem: (key: string) => string | null
  setItem: (key: string, value: string) => void
  removeItem: (key: string) => void
}

/** Keeps the turns with one server on a shelf that may be missing, full or forbidden: then nothing is kept. */
export function keepingOn(shelf: Shelf | null, base: string): Keeping {
  const key = `onrecord:conversation:${base}`
  return {
    load: () => {
      try {
        const text = shelf?.getItem(key) ?? null
        if (text === null) return []
        const turns = turnsIn(text)
        if (!turns) shelf?.removeItem(key)
        return turns ?? []
      } catch {
        return []
      }
    },
    save: (turns) => {
      try {
        if (turns.length === 0) shelf?.removeItem(key)
        else shelf?.setItem(key, textOf(turns))
        return shelf !== null
      } catch {
        return false
      }
    },
  }
}

/** The newest turns that there is room for; one that is still waiting will have been stopped by then. */
function textOf(turns: Turn[]): string {
  const texts: string[] = []
  let room = MAX_CHARACTERS
  for (const turn of turns.slice(-MAX_TURNS).reverse()) {
    const text = JSON.stringify(stored(turn))
    room -= text.length + 1
    if (room < 0) break
    texts.unshift(text)
  }
  return `{"version":${VERSION},"turns":[${texts.join()}]}`
}

/** The citations of an answer are not stored twice. */
function stored(turn: Turn): Partial<Turn> {
  if (turn.state === 'waiting') return { ...turn, state: 'failed', failure: { kind: 'stopped' } }
  return turn.answer ? { ...turn, citations: undefined } : turn
}

function restored(entry: Partial<Turn> | null): unknown {
  return entry?.answer ? { ...entry, citations: entry.answer.citations } : entry
}

/** The turns in an entry, or null when it is damaged or of another version. */
function turnsIn(text: string): Turn[] | null {
  const entry = parsed(text) as { version?: unknown; turns?: unknown } | null
  if (entry?.version !== VERSION || !Array.isArray(entry.turns)) return null
  const turns: unknown[] = entry.turns.map(restored)
  if (!turns.every(isTurn) || new Set(turns.map(({ id }) => id)).size < turns.length) return null
  return turns.map(waited)
}

/** The time that the server asked to wait has passed by the next visit. */
function waited(turn: Turn): Turn {
  return turn.failure?.kind === 'limited' ? { ...turn, failure: { ...turn.failure, seconds: 0 } } : turn
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
