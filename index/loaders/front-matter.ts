import { parseDocument } from 'yaml'
import { factsOf } from '../facts.ts'
import type { Facts } from '../types.ts'

const FENCED = /^---[ \t]*\r?\n([\s\S]*?)(?:\r?\n)?^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/m

/**
 * Splits YAML front matter from a document. Only a first line of exactly `---` opens it: `---js` and the like are text.
 * It is read with YAML's core schema, without aliases, and nothing in it is evaluated; front matter that is not
 * a YAML mapping stays in the text.
 */
export function frontMatter(document: string): { facts: Partial<Facts>; body: string } {
  const match = document.startsWith('---') ? FENCED.exec(document) : null
  if (match?.index !== 0) return { facts: {}, body: document }
  const data = mapping(match[1] ?? '')
  if (!data) return { facts: {}, body: document }
  return { facts: factsOf(data), body: document.slice(match[0].length) }
}

/** The mapping that a YAML text holds, or null: not a mapping, not valid, or with aliases (a few bytes can stand for gigabytes). */
export function mapping(yaml: string): Record<string, unknown> | null {
  const document = parseDocument(yaml, { schema: 'core', logLevel: 'silent' })
  if (document.errors.length > 0) return null
  try {
    const data: unknown = document.toJS({ maxAliasCount: 0 })
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : null
  } catch {
    return null
  }
}
