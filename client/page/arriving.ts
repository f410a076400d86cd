import type { Server } from '../api.ts'
import { type SharedQuestion, sharedQuestion } from './shared-question.ts'

/** The question of the link that led here, once: the address is cleaned, so that a reload does not ask it again. */
export function takeSharedQuestion(server: Server): SharedQuestion | null {
  const home = server.url('')
  if (new URL(home).pathname !== location.pathname) return null
  const shared = sharedQuestion(location.search)
  if (shared) history.replaceState(history.state, '', home)
  return shared
}
