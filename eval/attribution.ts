import type { Citation } from '../answer/cite.ts'
import type { Statement } from '../index/types.ts'
import type { Judged } from './run.ts'
import type { Case, Gold } from './types.ts'
import { placeOf, plain } from './words.ts'

/** Words of a role that count, at most: a description of a whole sentence would hold every speaker. */
const ROLE_WORDS = 12

/** Does the first quote that holds an expected answer say rightly who said those words, in which form, and on which day? */
export function attributionOf(one: Case, quotes: Citation[], holds: (quote: Citation, gold: Gold) => boolean): Pick<Judged, 'speaker' | 'speech' | 'day'> {
  const gold = one.gold.find((g) => quotes.some((quote) => holds(quote, g)))
  const quote = gold && quotes.find((q) => holds(q, gold))
  const said = gold && quote ? gold.accepted.flatMap((words) => covering(quote, words)) : []
  return {
    speaker: one.speakers && said.some((statement) => isSpeaker(statement, one.speakers ?? [])),
    speech: one.speech && said.some(({ speech }) => speech === one.speech),
    day: one.saidOn === null ? null : said.some(({ saidOn }) => saidOn === one.saidOn),
  }
}

/** The statements of a quote that touch certain words of it. */
function covering({ quote, start, statements }: Citation, words: string): Statement[] {
  const at = placeOf(quote, words)
  if (at < 0) return []
  return statements.filter((s) => s.start < start + at + words.length && start + at < s.end)
}

/** Do name and role hold all words of one of the accepted speakers? */
function isSpeaker({ speaker, role }: Statement, accepted: string[][]): boolean {
  const words = plain(role ?? '').split(' ')
  const held = new Set([...plain(speaker).split(' '), ...(words.length <= ROLE_WORDS ? words : [])])
  return accepted.some((list) =>
    list.every((word) =>
      plain(word)
        .split(' ')
        .every((part) => held.has(part)),
    ),
  )
}
