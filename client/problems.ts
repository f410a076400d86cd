import type { Problem } from '../server/contract.ts'

/** The problem in the body, or, where a proxy answered instead of the server, one made of the status. */
export async function problemOf(response: Response): Promise<Problem> {
  const title = `${response.status} ${response.statusText}`.trim()
  const bare: Problem = { type: 'about:blank', title, status: response.status, detail: '' }
  if (!/[/+]json\b/.test(response.headers.get('Content-Type') ?? '')) return bare
  try {
    return { ...bare, ...((await response.json()) as Partial<Problem>) }
  } catch {
    return bare
  }
}

/** Retry-After is a number of seconds or a date. */
export function secondsUntil(retryAfter: string | null): number | null {
  if (!retryAfter) return null
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), 3600) : null
}
