import type { Comparison } from './compare.ts'
import { type Html, html } from './html.ts'
import type { Figure } from './run.ts'
import { counted, intervalOf, shown, signed } from './table.ts'

/** The figures that are read first. */
const KEY: Record<string, string> = {
  'quote@1': 'first quote right',
  'quote@3': 'right among the first',
  'wrongly refused': 'wrongly refused',
  refused: 'rightly refused',
  speaker: 'speaker right',
  verbatim: 'verbatim',
  'ask p50': 'median time',
}

export function keyFigures(figures: Figure[]): Html {
  const key = figures.filter(({ name }) => Object.hasOwn(KEY, name))
  const small = (figure: Figure) => [intervalOf(figure), `of ${counted(figure.of)}`].filter(Boolean).join(', ')
  return html`<dl class="key">${key.map((figure) => html`<div><dt>${KEY[figure.name] as string}</dt><dd>${shown(figure)}<small>${small(figure)}</small></dd></div>`)}</dl>`
}

/** A table for each group of figures. */
export function figureTables(figures: Figure[]): Html[] {
  const groups = [...new Set(figures.map(({ group }) => group))]
  return groups.map((group) =>
    table(
      group,
      ['value', '95 % interval', 'of'],
      figures.filter((f) => f.group === group).map((figure) => ({ figure, cells: [shown(figure), intervalOf(figure), counted(figure.of)] })),
    ),
  )
}

/** The same for two runs. */
export function comparedTables({ figures }: Comparison): Html[] {
  const groups = [...new Set(figures.map(({ figure }) => figure.group))]
  return groups.map((group) =>
    table(
      group,
      ['before', 'after', 'difference'],
      figures
        .filter(({ figure }) => figure.group === group)
        .map(({ figure, before, after, difference }) => ({
          figure,
          cells: [shown({ ...figure, value: before }), shown({ ...figure, value: after }), difference === null ? '' : signed(figure, difference)],
        })),
    ),
  )
}

function table(group: string, head: string[], rows: { figure: Figure; cells: string[] }[]): Html {
  return html`<table><caption>${group.charAt(0).toUpperCase() + group.slice(1)}</caption><thead><tr><th></th>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ figure: { name, about }, cells }) =>
      html`<tr><th scope="row"><span class="text">${name}</span><small>${about}</small></th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table>`
}
