import { OnRecordError } from './errors.ts'
import type { GenerationReader } from './reader.ts'
import type { StoredSource } from './stored-sources.ts'

/** Sources that are looked at together. */
const PAGE = 50

/** What is wrong with an opened generation, a line each: texts, and the spans of passages, sentences and statements. */
export async function checkSpans(generation: GenerationReader): Promise<string[]> {
  const faults: string[] = []
  for (let from = 0; from < generation.counts.sources; from += PAGE) {
    const page = generation.forQuestion()
    for (const source of await page.list(from, PAGE)) faults.push(...(await faultsOf(page, source)))
  }
  return faults
}

async function faultsOf(generation: GenerationReader, source: StoredSource): Promise<string[]> {
  const faults: string[] = []
  const passages = await generation.passagesOf(source)
  const number = await generation.numberOf(source.id)
  const text = number === undefined ? null : textOf(generation, number)
  if (text === null) return [`${source.path}: the stored text has another checksum than the source.`]
  for (const passage of passages) {
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
  return faults
}

function textOf(generation: GenerationReader, source: number): string | null {
  try {
    return generation.text(source)
  } catch (error) {
    if (error instanceof OnRecordError) return null
    throw error
  }
}
