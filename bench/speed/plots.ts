import { type Html, html } from '../../eval/html.ts'
import { type Figure, middle, type Part } from './figure.ts'
import { shown } from './tell.ts'

const WIDTH = 720
/** Where bars begin and end; the space right of them is for what they say. */
const BARS = { left: 250, right: 550 }
const ROW = 34

/** A picture by itself follows the reader's light or dark setting. */
const STYLE = `text { font: 14px system-ui, sans-serif; fill: #1b1a17; } .title { font-weight: 600; } .bar { fill: #86171b; } .other { fill: #8d887c; }
@media (prefers-color-scheme: dark) { text { fill: #eeebe2; } .bar { fill: #f4a396; } }`

/** The speeds of a part beside each other: bars from 0, On Record's own in the accent. */
export function speedPlot({ group, figures }: Part, unit: Figure['unit']): string | null {
  const rows = figures.filter((figure) => figure.unit === unit)
  if (rows.length === 0) return null
  const most = Math.max(...rows.map(middle))
  const bars = rows.map((figure) => ({
    name: figure.name,
    share: middle(figure) / most,
    said: shown(figure, middle(figure)),
    isOurs: /^(?:On Record|distinct|repeated)/.test(figure.name),
  }))
  return drawing(`${group}: ${unit}, medians`, bars)
}

/** The shares of the stages of a part. */
export function stagesPlot({ stages }: Part): string | null {
  if (!stages) return null
  const most = Math.max(...Object.values(stages.shares))
  const bars = Object.entries(stages.shares).map(([name, share]) => ({ name, share: share / most, said: `${(share * 100).toFixed(1)} %`, isOurs: true }))
  return drawing(stages.title, bars)
}

interface Bar {
  name: string
  /** Of the longest. */
  share: number
  said: string
  isOurs: boolean
}

function drawing(title: string, bars: Bar[]): string {
  const height = (bars.length + 1) * ROW + 8
  const said = bars.map((bar) => `${bar.name} ${bar.said}`).join('; ')
  const drawn = bars.map((bar, i): Html => {
    const [y, width] = [(i + 1) * ROW, Math.max(1, Math.round(bar.share * (BARS.right - BARS.left)))]
    return html`<text x="${BARS.left - 12}" y="${y + 19}" text-anchor="end">${bar.name}</text><rect class="${bar.isOurs ? 'bar' : 'other'}" x="${BARS.left}" y="${y + 4}" width="${width}" height="${ROW - 12}"/><text x="${BARS.left + width + 8}" y="${y + 19}">${bar.said}</text>`
  })
  return `${html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img"><title>${title}</title><desc>${said}</desc><style>${STYLE}</style><text class="title" x="12" y="20">${title}</text>${drawn}</svg>`}\n`
}
