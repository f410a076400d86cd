import type { Comparison, Paired } from './compare.ts'
import { comparedTables } from './figure-tables.ts'
import { isRefused } from './figures.ts'
import { type Html, html } from './html.ts'
import { page } from './page.ts'
import { footer, headOfPage } from './report.ts'
import type { Judged, Run } from './run.ts'
import { pOf } from './table.ts'

/** Two runs as a page: every figure of both, and the questions that were won and lost. */
export function comparisonPage(comparison: Comparison): string {
  const { before, after, paired } = comparison
  return page(
    `Compared: ${after.set.name}`,
    html`<header><p class="over">On Record · two runs compared</p><h1 class="text" dir="auto">${after.set.name}</h1>${[before, after].map(side)}</header>
<main>
<h2>All figures</h2>
<div class="tables">${comparedTables(comparison)}</div>
${paired ? pairs(paired) : html`<p class="note">The two sets are not the same, so their questions are not paired.</p>`}
</main>
${footer(after)}`,
  )
}

function side(run: Run, i: number): Html {
  return html`<div class="side"><h3>${i === 0 ? 'Before' : 'After'}</h3>${headOfPage(run)}</div>`
}

function pairs({ questions, won, lost, p }: Paired): Html {
  const verdict = p < 0.05 ? 'more than chance explains' : 'no more than chance may explain'
  return html`<section><h2>First quotes, question by question</h2>
<p class="about">Of ${questions} answerable questions in both runs ${won.length} were won and ${lost.length} lost: ${verdict} (McNemar's exact test, ${pOf(p)}).</p>
${list('Lost', lost)}${list('Won', won)}</section>`
}

function list(title: string, pairs: Paired['won']): Html | null {
  if (pairs.length === 0) return null
  return html`<h2>${title}</h2><ol class="misses">${pairs.map(
    ({ before, after }) =>
      html`<li><h3 class="text" dir="auto">${after.question}</h3><p class="facts">${after.id}</p><dl><dt>Before</dt><dd>${quoted(before)}</dd><dt>After</dt><dd>${quoted(after)}</dd></dl></li>`,
  )}</ol>`
}

function quoted(q: Judged): Html {
  const first = q.quotes[0]
  if (isRefused(q) || !first) return html`not on record`
  return html`<blockquote class="text" dir="auto">${first.quote}</blockquote><cite class="text">${first.path}:${first.line}</cite>`
}
