import { wilson } from './measures.ts'
import type { Figure, Judged } from './run.ts'

/** The same figure for each kind of question, when there are several. */
export function byKind(group: string, name: string, judged: Judged[], test: (q: Judged) => boolean): Figure[] {
  const kinds = [...new Set(judged.map(({ kind }) => kind))]
  if (kinds.length < 2) return []
  return kinds.map((kind) =>
    counted(
      group,
      `${name}, ${kind ?? 'others'}`,
      'of this kind',
      judged.filter((q) => q.kind === kind),
      test,
    ),
  )
}

/** The share of questions that pass a test. */
export function counted(group: string, name: string, about: string, judged: Judged[], test: (q: Judged) => boolean): Figure {
  return share(group, name, about, judged.filter(test).length, judged.length)
}

/** A share with its interval. */
export function share(group: string, name: string, about: string, hits: number, of: number): Figure {
  return { group, name, about, unit: 'share', value: of > 0 ? hits / of : null, of, interval: wilson(hits, of) }
}

/** Any other value, over so many things. */
export function measured(group: string, name: string, about: string, unit: Figure['unit'], over: unknown[], value: number | null): Figure {
  return { group, name, about, unit, value, of: over.length, interval: null }
}
