import type { ListedSpeaker } from './reader.ts'
import type { StoredSource } from './stored-sources.ts'

/** Everybody who says something, by the name that filters compare, with the role given most often; most statements first, then by name. */
export function speakersOf(sources: readonly Pick<StoredSource, 'statements'>[]): ListedSpeaker[] {
  const roles = new Map<string, Map<string | null, number>>()
  for (const { speaker, role } of sources.flatMap(({ statements }) => statements)) {
    const counts = roles.get(speaker) ?? new Map<string | null, number>()
    counts.set(role, (counts.get(role) ?? 0) + 1)
    roles.set(speaker, counts)
  }
  return [...roles]
    .map(([name, counts]) => ({ name, role: mostOften(counts), statements: [...counts.values()].reduce((sum, n) => sum + n, 0) }))
    .sort((a, b) => b.statements - a.statements || (a.name < b.name ? -1 : 1))
}

/** Some role, when there is one at all. */
function mostOften(counts: Map<string | null, number>): string | null {
  const [first] = [...counts].filter(([role]) => role !== null).sort((a, b) => b[1] - a[1])
  return first?.[0] ?? null
}
