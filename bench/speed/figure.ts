import { median } from '../sample.ts'

/** What a figure is to be: so much at least, or at most. */
export type Target = { least: number } | { most: number }

/** A figure of the suite, once for each round. */
export interface Figure {
  /** Stays the same from run to run: what is recorded is found by it. */
  name: string
  about: string
  unit: 'times' | 'characters/s' | 'questions/s' | 'ms' | 'ms a passage' | 'MB' | 's' | 'share'
  values: number[]
  target?: Target
  /** Where it can be compared with another run, since both sides were measured in turns on the same machine: which way is worse. */
  worse?: 'less' | 'more'
}

/** What a part of the suite found. */
export interface Part {
  group: string
  figures: Figure[]
  /** What each stage takes of the whole, as shares of 1. */
  stages?: { title: string; shares: Record<string, number> }
  /** What was not measured and why, and what else a reader must know. */
  notes: string[]
}

/** One over the other, round by round: what disturbs the machine for a while disturbs both. */
export function ratios(one: number[], other: number[]): number[] {
  return one.map((value, round) => value / (other[round] as number))
}

/** Each number as so much over it: seconds as characters a second. */
export function rates(amount: number, seconds: number[]): number[] {
  return seconds.map((each) => amount / each)
}

export function least({ values }: Figure): number {
  return Math.min(...values)
}

export function middle({ values }: Figure): number {
  return median(values)
}

/** Does the median meet the target? Null where there is none. */
export function meets(figure: Figure): boolean | null {
  const { target } = figure
  if (!target) return null
  return 'least' in target ? middle(figure) >= target.least : middle(figure) <= target.most
}
