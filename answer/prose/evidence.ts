import type { Citation } from '../cite.ts'

/** What a sentence may be proven by: only what it cites. */
export interface Evidence {
  /** The exact words. */
  quotes: string[]
  /** What names may come from: the quotes, who said them, and where they stand. */
  names: string[]
  /** The days of saying and publishing, YYYY[-MM[-DD]]. */
  days: string[]
  /** All of it, and the passages that the quotes stand in. */
  all: string[]
}

export function evidenceOf(cited: Citation[]): Evidence {
  const said = cited.flatMap(({ statements }) => statements)
  const sources = cited.map(({ source }) => source)
  const quotes = cited.map(({ quote }) => quote)
  const facts = [...said.flatMap(({ speaker, role }) => [speaker, role]), ...sources.flatMap(({ title, outlet, author }) => [title, outlet, author])]
  const names = [...quotes, ...facts.filter((fact) => fact !== null)]
  const days = [...said.map(({ saidOn }) => saidOn), ...sources.map(({ published }) => published)].filter((day) => day !== null)
  return { quotes, names, days, all: [...names, ...cited.map(({ passage }) => passage.text)] }
}
