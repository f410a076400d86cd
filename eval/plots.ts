import { type Html, html } from './html.ts'
import type { Bin, CurvePoint } from './measures.ts'
import { wilson } from './measures.ts'
import { tidy } from './table.ts'

/** The picture and the field inside its axes, in units of the view box. */
const [WIDTH, HEIGHT] = [400, 330]
const FIELD = { left: 40, right: 388, top: 28, bottom: 286 }

/** Places in the field for values of 0..most on both axes. */
function scales(mostX: number, mostY: number) {
  const round = (n: number) => Math.round(n * 100) / 100
  return {
    x: (value: number) => round(FIELD.left + (Math.min(value, mostX) / mostX) * (FIELD.right - FIELD.left)),
    y: (value: number) => round(FIELD.bottom - (Math.min(value, mostY) / mostY) * (FIELD.bottom - FIELD.top)),
  }
}

type Scales = ReturnType<typeof scales>

/** Predicted probability against the share that was right, each bin with its 95 % interval; as sure as it is right lies on the diagonal. */
export function reliabilityPlot(bins: Bin[]): Html {
  const at = scales(1, 1)
  const most = Math.max(...bins.map(({ of }) => of))
  const dots = bins.map(({ predicted, right, of }) => {
    const [low, high] = wilson(right, of) ?? [0, 1]
    return html`<line class="whisker" x1="${at.x(predicted)}" x2="${at.x(predicted)}" y1="${at.y(low)}" y2="${at.y(high)}"/><circle class="dot" cx="${at.x(predicted)}" cy="${at.y(right / of)}" r="${(3 + 5 * Math.sqrt(of / most)).toFixed(1)}"/>`
  })
  const points = bins.map(({ predicted, right, of }) => `${at.x(predicted)},${at.y(right / of)}`).join(' ')
  const said = bins.map(({ predicted, right, of }) => `${tidy(predicted)} predicted, ${tidy(right / of)} right of ${of}`).join('; ')
  return drawing('reliability', 'Predicted probability against right first quotes', said, [
    axes(at, 1, 1, 'predicted probability', 'first quote right'),
    html`<line class="even" x1="${at.x(0)}" y1="${at.y(0)}" x2="${at.x(1)}" y2="${at.y(1)}"/>`,
    html`<polyline class="line" points="${points}"/>`,
    ...dots,
  ])
}

/** Widths of the horizontal axis that are tried, and the share of refusals that must lie inside. */
const AXES = [0.1, 0.2, 0.5, 1]
const INSIDE = 0.95

/** What is refused wrongly against what is refused rightly, over all thresholds, and where it stands now. */
export function refusalPlot(curve: CurvePoint[], now: { wrongly: number; rightly: number }): Html {
  const wide = AXES.find((most) => now.wrongly <= most && curve.some(({ wrongly, rightly }) => wrongly <= most && rightly >= INSIDE)) ?? 1
  const at = scales(wide, 1)
  const inside = [{ wrongly: 0, rightly: 0 }, ...curve].filter(({ wrongly }) => wrongly <= wide)
  const points = inside.map(({ wrongly, rightly }) => `${at.x(wrongly)},${at.y(rightly)}`).join(' ')
  // The label stays inside the field.
  const [before, above] = [now.wrongly > wide * 0.7, now.rightly < 0.2]
  const label = { x: at.x(now.wrongly) + (before ? -12 : 12), y: at.y(now.rightly) + (above ? -6 : 18), anchor: before ? 'end' : 'start' }
  const said = `Now ${tidy(now.rightly)} of the questions without an answer are refused, and ${tidy(now.wrongly)} of those with one.`
  return drawing('refusals', 'Refusals at every threshold', said, [
    axes(at, wide, 1, 'wrongly refused', 'rightly refused'),
    html`<polyline class="line" points="${points}"/>`,
    html`<circle class="now" cx="${at.x(now.wrongly)}" cy="${at.y(now.rightly)}" r="5"/>`,
    html`<text class="strong" x="${label.x}" y="${label.y}" text-anchor="${label.anchor}">now</text>`,
  ])
}

export interface LengthBin {
  from: number
  right: number
  wrong: number
}

/** How long the first quotes are, right ones below wrong ones. */
export function lengthPlot(bins: LengthBin[], width: number): Html {
  const most = Math.max(...bins.map(({ right, wrong }) => right + wrong))
  const mostX = bins.length * width
  const top = niceAbove(most)
  const at = scales(mostX, top)
  const bars = bins.map(({ from, right, wrong }) => {
    const [x, wide] = [at.x(from) + 1, at.x(from + width) - at.x(from) - 2]
    return html`<rect class="right" x="${x}" width="${wide}" y="${at.y(right)}" height="${at.y(0) - at.y(right)}"/><rect class="wrong" x="${x}" width="${wide}" y="${at.y(right + wrong)}" height="${at.y(right) - at.y(right + wrong)}"/>`
  })
  const said = bins.map(({ from, right, wrong }) => `${from} to ${from + width} characters: ${right} right, ${wrong} wrong`).join('; ')
  return drawing('lengths', 'Length of the first quotes', said, [axes(at, mostX, top, 'characters', 'questions'), ...bars])
}

function drawing(id: string, title: string, description: string, parts: Html[]): Html {
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>${parts}</svg>`
}

function axes(at: Scales, mostX: number, mostY: number, nameX: string, nameY: string): Html {
  const steps = [0, 0.2, 0.4, 0.6, 0.8, 1]
  const shown = (value: number, most: number) => (most > 1 ? String(Math.round(value)) : String(Number(value.toFixed(3))).replace(/^0\./, '.'))
  const lines = steps.map(
    (s) => html`<line class="${s === 0 ? 'axis' : 'grid'}" x1="${FIELD.left}" x2="${FIELD.right}" y1="${at.y(s * mostY)}" y2="${at.y(s * mostY)}"/>`,
  )
  const left = steps.map((s) => html`<text x="${FIELD.left - 8}" y="${at.y(s * mostY) + 4}" text-anchor="end">${shown(s * mostY, mostY)}</text>`)
  const below = steps.map((s) => html`<text x="${at.x(s * mostX)}" y="${FIELD.bottom + 18}" text-anchor="middle">${shown(s * mostX, mostX)}</text>`)
  const names = html`<text x="${FIELD.right}" y="${FIELD.bottom + 38}" text-anchor="end">${nameX} →</text><text x="${FIELD.left}" y="12">↑ ${nameY}</text>`
  return html`${lines}${left}${below}${names}`
}

/** The least multiple of five steps that is not below a count. */
function niceAbove(count: number): number {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((s) => s * 5 >= count) ?? Math.ceil(count / 5)
  return step * 5
}
