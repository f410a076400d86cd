import { isFurniture } from '../index/facts.ts'
import type { GenerationReader } from '../index/reader.ts'
import { overlaps } from '../index/spans.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import type { Span } from '../index/types.ts'
import { evenly } from './cases.ts'
import { type Case, type QuestionSet, UNASKED } from './types.ts'
import { plain, squash } from './words.ts'

/** Characters of a heading, and the fewest of a sentence that tells its section from others. */
const HEADING_CHARS = 120
const SENTENCE_CHARS = 40
/** Questions made of headings, at most. */
const MOST = 200

/**
 * Questions made of an index's own headings, each in its own words. A quote from its section is right, the heading included, unless the heading
 * is a question: then only what stands under it answers. A smoke test: it shows that the documents are read and found, not how well real
 * questions are answered.
 */
export async function headingSet(generation: GenerationReader, max = MOST): Promise<QuestionSet> {
  const sections: Section[] = []
  for (const source of await generation.list(0, Number.MAX_SAFE_INTEGER)) sections.push(...(await sectionsOf(generation, source)))
  const count = new Map<string, number>()
  for (const { heading } of sections) count.set(plain(heading), (count.get(plain(heading)) ?? 0) + 1)
  const once = sections.filter(({ heading }) => count.get(plain(heading)) === 1)
  const cases = evenly(once, max).map(
    ({ heading, doc, accepted }, i): Case => ({
      ...UNASKED,
      answerable: true,
      id: `h${i + 1}`,
      question: heading,
      kind: heading.endsWith('?') ? 'question' : 'heading',
      gold: [{ doc, within: null, accepted }],
    }),
  )
  return { name: 'headings', sha256: null, form: 'headings', cases, documents: null }
}

interface Section {
  heading: string
  doc: string
  /** The sentences of its section. */
  accepted: string[]
}

async function sectionsOf(generation: GenerationReader, source: StoredSource): Promise<Section[]> {
  const passages = (await generation.passagesOf(source)).map((passage) => generation.passage(passage))
  const number = await generation.numberOf(source.id)
  const text = generation.text(number as number)
  const words = ({ start, end }: Span) => squash(text.slice(start, end))
  const headings = headingsOf(text)
  return headings.flatMap((span, i) => {
    const body = { start: span.end, end: headings[i + 1]?.start ?? text.length }
    const sentences = passages.filter((passage) => overlaps(passage, { start: span.start, end: body.end })).flatMap((passage) => passage.sentences)
    const below = sentences.filter((s) => s.start >= body.start && s.end <= body.end && s.end - s.start >= SENTENCE_CHARS).map(words)
    if (!below.some((sentence) => /[.!?…]["”’')\]]*$/.test(sentence))) return []
    const own = sentences.filter((s) => s.start >= span.start && s.end <= span.end).map(words)
    const heading = words(span)
    return [{ heading, doc: source.path, accepted: heading.endsWith('?') ? below : [...below, ...own] }]
  })
}

/** Short lines of two words or more between empty ones, without a sentence's end (a question is a heading as well). */
export function headingsOf(text: string): Span[] {
  const headings: Span[] = []
  let at = 0
  let blankBefore = true
  const lines = text.split('\n')
  lines.forEach((line, i) => {
    const words = line.trim()
    const start = at + line.indexOf(words)
    const alone = blankBefore && (lines[i + 1] ?? '').trim() === ''
    if (alone && isHeading(words)) headings.push({ start, end: start + words.length })
    blankBefore = words === ''
    at += line.length + 1
  })
  return headings
}

function isHeading(words: string): boolean {
  return words.length <= HEADING_CHARS && /\p{L}\P{L}+\p{L}/u.test(words) && !/[.!:;,…]["”’')\]]*$/.test(words) && !isFurniture(words)
}
