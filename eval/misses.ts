import { probabilityOf } from '../answer/calibration.ts'
import { isFirstRight, isRefused } from './figures.ts'
import { type Html, html } from './html.ts'
import type { Judged } from './run.ts'
import { tidy } from './table.ts'

/** Misses of a sort that are shown, at most. */
const SHOWN = 20
/** Characters of what is expected that are shown. */
const EXPECTED_CHARS = 300

/** The answers that are worst, the surest first. */
export function misses(questions: Judged[]): Html {
  const wrong = questions.filter((q) => q.answerable && !isRefused(q) && !isFirstRight(q))
  const refused = questions.filter((q) => q.answerable && isRefused(q))
  const answered = questions.filter((q) => !q.answerable && !q.namesMissing && !isRefused(q))
  const odds = (q: Judged) => q.odds ?? Number.NEGATIVE_INFINITY
  const surest = (a: Judged, b: Judged) => odds(b) - odds(a)
  return html`${list('Wrong first quotes', 'The surest first.', wrong.sort(surest))}
${list(
  'Wrongly refused',
  'The documents answer these; the surest refusals first.',
  refused.sort((a, b) => surest(b, a)),
)}
${list('Wrongly answered', 'The documents do not answer these; the surest first.', answered.sort(surest))}`
}

function list(title: string, about: string, questions: Judged[]): Html | null {
  if (questions.length === 0) return null
  const count = questions.length > SHOWN ? `${SHOWN} of ${questions.length}` : String(questions.length)
  return html`<section><h2>${title}</h2><p class="about">${count}. ${about}</p><ol class="misses">${questions.slice(0, SHOWN).map(miss)}</ol></section>`
}

function miss(q: Judged): Html {
  return html`<li><h3 class="text" dir="auto">${q.question}</h3><p class="facts text" dir="auto">${factsOf(q)}</p>
<dl>${q.expected.length > 0 && html`<dt>Expected</dt><dd>${expected(q)}</dd>`}<dt>${isRefused(q) ? 'Nearest' : 'Quoted'}</dt><dd>${quoted(q)}</dd></dl></li>`
}

function factsOf(q: Judged): string {
  const rank = q.wantedRanks.some((r) => r !== null) ? Math.min(...q.wantedRanks.map((r) => r ?? Number.POSITIVE_INFINITY)) : null
  const retrieved = rank === null ? 'right passage not retrieved' : `right passage retrieved ${rank === 1 ? 'first' : `at ${rank}`}`
  const place = q.quotes.findIndex(({ right }) => right)
  return [
    q.id,
    q.status === 'not-on-record' ? 'not on record' : q.status === 'partial' ? `in part, missing: ${q.missing.join(', ')}` : 'answered',
    q.odds === null ? null : `probability ${tidy(probabilityOf(q.odds))}`,
    q.answerable ? retrieved : q.kind,
    place > 0 ? `quote ${place + 1} is right` : place === 0 && isRefused(q) ? 'the nearest quote is right' : null,
    q.understood.trim() === q.question.trim() ? null : `understood as: ${q.understood}`,
  ]
    .filter(Boolean)
    .join(' · ')
}

function expected({ expected: list, all }: Judged): Html[] {
  return list.map(({ doc, words }, i) => {
    const short = words.length > EXPECTED_CHARS ? `${words.slice(0, EXPECTED_CHARS)} …` : words
    return html`${i > 0 && (all ? ' and ' : ' or ')}<q class="text" dir="auto">${short}</q>${doc !== list[i + 1]?.doc && html` <cite class="text">${doc}</cite>`}`
  })
}

function quoted({ quotes: [first] }: Judged): Html {
  if (!first) return html`nothing`
  return html`<blockquote class="text" dir="auto">${first.quote}</blockquote><cite class="text">${first.path}:${first.line}</cite>`
}
