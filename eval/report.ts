import { probabilityOf } from '../answer/calibration.ts'
import { figureTables, keyFigures } from './figure-tables.ts'
import { isFirstRight, isRefused, refusalsOf, reliabilityOf } from './figures.ts'
import { type Html, html } from './html.ts'
import type { CurvePoint } from './measures.ts'
import { misses } from './misses.ts'
import { page } from './page.ts'
import { type LengthBin, lengthPlot, refusalPlot, reliabilityPlot } from './plots.ts'
import type { Judged, Run } from './run.ts'
import { counted, tidy } from './table.ts'

/** A run as a page of its own: its figures, plots, and the answers that are worst. */
export function runPage(run: Run): string {
  return page(
    `Measured: ${run.set.name}`,
    html`<header><p class="over">On Record · measured answers</p><h1 class="text" dir="auto">${run.set.name}</h1>${headOfPage(run)}</header>
<main>
${keyFigures(run.figures)}
<h2>How far it can be trusted</h2>
<div class="plots">${[reliabilityFigure(run.questions), refusalFigure(run), lengthFigure(run.questions)]}</div>
<h2>All figures</h2>
<div class="tables">${figureTables(run.figures)}</div>
${misses(run.questions)}
</main>
${footer(run)}`,
  )
}

export function headOfPage({ set, index, made, complete, questions, notes }: Run): Html {
  const asked = complete ? `${counted(set.questions)} questions` : `${counted(questions.length)} of ${counted(set.questions)} questions`
  const split = set.split ? '; every second article is indexed, and what is asked about the others has no answer' : ''
  return html`<p class="about">${asked} on ${counted(index.documents)} documents in ${counted(index.passages)} passages, ${made.slice(0, 16).replace('T', ' ')} UTC${split}.</p>
${!complete && html`<p class="note">Interrupted: the figures are those of the questions that had been asked.</p>`}${notes.map((note) => html`<p class="note text" dir="auto">${note}</p>`)}`
}

export function footer({ version, index }: Run): Html {
  return html`<footer>onrecord ${version} · ${index.embedder} · generation ${index.generation}. A share is given with its 95 % interval (Wilson) and the number it is of.</footer>`
}

function reliabilityFigure(questions: Judged[]): Html | null {
  const bins = reliabilityOf(questions)
  if (bins.length === 0) return null
  const rows = bins.map(({ from, to, predicted, right, of }) => [`${tidy(from)} – ${tidy(to)}`, tidy(predicted), tidy(right / of), String(of)])
  return html`<figure><figcaption>Is it as sure as it is right? <span>On the dashed line it is; below, it is too sure. Larger dots are more questions.</span></figcaption>
${reliabilityPlot(bins)}${numbers(['probability', 'predicted', 'right', 'of'], rows)}</figure>`
}

/** Shares of wrong refusals at which the table reads the curve. */
const READ_AT = [0, 0.01, 0.02, 0.05, 0.1, 0.2]

function refusalFigure({ questions, figures, threshold }: Run): Html | null {
  const curve = refusalsOf(questions)
  const value = (name: string) => figures.find((f) => f.name === name)?.value ?? 0
  if (curve.length === 0) return null
  const now = { wrongly: value('wrongly refused'), rightly: value('refused') }
  const rows = READ_AT.flatMap((most) => {
    const point = curve.findLast(({ wrongly }) => wrongly <= most) as CurvePoint | undefined
    return point ? [[tidy(point.wrongly), tidy(point.rightly), oddsOf(point.threshold)]] : []
  })
  return html`<figure><figcaption>What does refusing cost? <span>Now: below log odds of ${oddsOf(threshold)}, a probability of ${tidy(probabilityOf(threshold))}.</span></figcaption>
${refusalPlot(curve, now)}${numbers(['wrongly refused', 'rightly refused', 'log odds below'], [...new Map(rows.map((row) => [row.join(), row])).values()])}</figure>`
}

const oddsOf = (odds: number) => (odds === Number.MAX_VALUE ? 'any' : odds.toFixed(2).replace('-', '−'))

/** Characters of a bin, and where the last one begins. */
const [BIN, LAST] = [50, 450]

function lengthFigure(questions: Judged[]): Html | null {
  const shown = questions.filter((q) => q.answerable && !isRefused(q) && q.quotes.length > 0)
  if (shown.length === 0) return null
  const bins = Array.from({ length: LAST / BIN + 1 }, (_, i): LengthBin => {
    const inside = shown.filter(({ quotes: [first] }) => Math.min(LAST / BIN, Math.floor((first?.quote.length ?? 0) / BIN)) === i)
    const right = inside.filter(isFirstRight).length
    return { from: i * BIN, right, wrong: inside.length - right }
  })
  const rows = bins.map(({ from, right, wrong }) => [from === LAST ? `${from} and more` : `${from} – ${from + BIN - 1}`, String(right), String(wrong)])
  return html`<figure><figcaption>How long are the quotes? <span>First quotes: right ones below, wrong ones above them. The last bar holds all longer ones.</span></figcaption>
${lengthPlot(bins, BIN)}${numbers(['characters', 'right', 'wrong'], rows)}</figure>`
}

/** What a plot shows, as a table. */
function numbers(head: string[], rows: string[][]): Html {
  return html`<details><summary>As numbers</summary><table><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(([first = '', ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></details>`
}
