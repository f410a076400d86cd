import { type Figure, middle } from './figure.ts'

/** How much worse than recorded a ratio may be. */
const TOLERATED = 0.15

/** The medians of ratios, by their names. */
export type Recorded = Record<string, number>

/** What is recorded of a run: the ratios, which hold on other machines too. */
export function recordedOf(figures: Figure[]): Recorded {
  return Object.fromEntries(figures.filter(({ worse }) => worse).map((figure) => [figure.name, Number(middle(figure).toFixed(3))]))
}

/** The ratios that have become more than 15 % worse than they were recorded, each as a line; one that is not recorded is not compared. */
export function fallen(figures: Figure[], recorded: Recorded): string[] {
  return figures.flatMap((figure) => {
    const [before, now] = [recorded[figure.name], middle(figure)]
    if (before === undefined || !figure.worse) return []
    const isWorse = figure.worse === 'less' ? now < before * (1 - TOLERATED) : now > before * (1 + TOLERATED)
    return isWorse ? [`${figure.name}: ${now.toFixed(3)}, recorded ${before.toFixed(3)}`] : []
  })
}
