import type { Problem } from '../contract.ts'

/** A problem as OpenAI's clients read errors; `code` is the last part of its type. */
export function openAiError({ type, status, detail, remedy, field }: Problem) {
  const code = type.slice(type.lastIndexOf(':') + 1)
  return { error: { message: [detail, remedy].filter(Boolean).join(' '), type: kindOf(status), param: field ?? null, code } }
}

function kindOf(status: number): string {
  if (status === 401) return 'authentication_error'
  if (status === 429) return 'rate_limit_error'
  return status >= 500 ? 'server_error' : 'invalid_request_error'
}
