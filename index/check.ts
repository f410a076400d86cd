import { OnRecordError } from './errors.ts'
import type { Generation } from './generation.ts'

/** What is wrong with an opened generation, a line each: texts, and the spans of passages, sentences and statements. */
export function checkSpans(generation: Generation): string[] {
  const faults: string[] = []
  for (const [number, source] of generation.sources.entries()) {
    const text = textOf(generation, number)
    if (text === null) {
      faults.push(`${source.path}: the stored text has another checksum than the source.`)
      continue
    }
    for (let passage = source.firstPassage; passage < source.firstPassage + source.passages; passage++) {
      const { start, end, sentences } = generation.passage(passage)
      const inside = start >= 0 && start < end && end <= text.length && generation.sourceOf(passage) === number
      const tiled =
        sentences.length > 0 &&
        sentences[0]?.start === start &&
        sentences.at(-1)?.end === end &&
        sentences.every((s, i) => s.start < s.end && s.start >= (sentences[i - 1]?.end ?? start))
      if (!inside || !tiled) faults.push(`${source.path}: passage ${passage} [${start}, ${end}) does not fit its text.`)
    }
    for (const { start, end } of source.statements) {
      if (start < 0 || start >= end || end > text.length) faults.push(`${source.path}: a statement [${start}, ${end}) lies outside its text.`)
    }
  }
  return faults
}

function textOf(generation: Generation, source: number): string | null {
  try {
    return generation.text(source)
  } catch (error) {
    if (error instanceof OnRecordError) return null
    throw error
  }
}
