import type { Citation } from '../answer/cite.ts'
import { verify } from '../answer/verify.ts'
import type { GenerationReader } from '../index/reader.ts'
import type { Asked } from './ask-all.ts'
import { attributionOf } from './attribution.ts'
import { isDocument, type RightPassages } from './right-passages.ts'
import type { Judged } from './run.ts'
import type { Gold } from './types.ts'
import { holdsWords, squash } from './words.ts'

/** A quote of more than one sentence counts up to this many characters. */
const QUOTE_CHARS = 400
/** Quotes that are looked at: for a question with one answer, and for one that wants several. */
const FIRST = { one: 3, all: 4 }
/** Ranks of passages that are kept. */
const DEPTH = 50
/** Words that are expected, as a report shows them. */
const EXPECTED = 5

/** Compares an answer with what was expected of it. */
export async function judge(generation: GenerationReader, asked: Asked, rightPassages: RightPassages): Promise<Judged> {
  const { case: one, answer, trace } = asked
  const best = answer.citations.slice(0, one.all ? FIRST.all : FIRST.one)
  const refused = answer.status === 'not-on-record'
  const found = one.all ? one.gold.every((gold) => best.some((c) => holds(c, gold))) : best.some((c) => one.gold.some((gold) => holds(c, gold)))
  const onlyThese = one.only === null || best.every((c) => one.only?.some((doc) => isDocument(c.source.path, doc)))
  return {
    id: one.id,
    question: one.question,
    understood: answer.question,
    kind: one.kind,
    answerable: one.answerable,
    namesMissing: one.missing.length > 0,
    all: one.all,
    expected: one.gold.flatMap(({ doc, accepted }) => accepted.map((words) => ({ doc, words }))).slice(0, EXPECTED),
    status: answer.status,
    missing: answer.missing,
    odds: trace.decision.odds,
    ...(await retrieval(asked, rightPassages)),
    quotes: best.map((c) => ({
      quote: c.quote,
      path: c.source.path,
      line: c.line,
      score: c.score,
      right: one.gold.some((gold) => holds(c, gold)),
      inPlace: one.gold.some((gold) => isInPlace(c, gold)),
    })),
    rightAmongFirst: one.answerable && found && onlyThese,
    ...attributionOf(one, refused ? [] : best, holds),
    missingNamed: one.missing.length === 0 ? null : one.missing.some((words) => holdsWords(answer.missing.join(' '), words)) || (refused && !one.answerable),
    figuresReported: one.figures.length === 0 ? null : answer.disagreements.some((d) => one.figures.every((figure) => holdsWords(wordsOf(d), figure))),
    ...(await proofs(generation, answer.citations)),
    ms: rounded(asked.ms),
    embedMs: rounded(asked.embedMs),
    stages: answer.timings,
  }
}

function isInPlace({ quote, source }: Citation, { doc, within }: Gold): boolean {
  return isDocument(source.path, doc) && (within === null || within.includes(squash(quote)))
}

/** A quote is right when it lies in the right place, holds an accepted answer, and is one sentence or short. */
function holds(citation: Citation, gold: Gold): boolean {
  const quote = squash(citation.quote)
  return isInPlace(citation, gold) && gold.accepted.some((answer) => quote.includes(answer)) && (quote.length <= QUOTE_CHARS || isOneSentence(quote))
}

/** By the Unicode rules, so that the measure does not lean on our own sentences. */
function isOneSentence(text: string): boolean {
  return [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)].length === 1
}

async function retrieval({ case: one, trace }: Asked, rightPassages: RightPassages): Promise<Pick<Judged, 'wantedRanks' | 'rightRanks' | 'rightPassages'>> {
  const ranks = new Map(trace.retrieved.candidates.slice(0, DEPTH).map(({ passage }, i) => [passage, i + 1]))
  const right: number[][] = []
  for (const gold of one.gold) right.push(await rightPassages(gold))
  const rankOf = (passages: number[]) => {
    const found = passages.map((p) => ranks.get(p)).filter((rank) => rank !== undefined)
    return found.length > 0 ? Math.min(...found) : null
  }
  const every = [...new Set(right.flat())]
  return {
    wantedRanks: one.all ? right.map(rankOf) : one.answerable ? [rankOf(every)] : [],
    rightRanks: every
      .map((p) => ranks.get(p))
      .filter((rank) => rank !== undefined)
      .sort((a, b) => a - b),
    rightPassages: every.length,
  }
}

/** Is every quote the slice of the stored text, does it verify, and is it refused with one character changed? */
async function proofs(generation: GenerationReader, citations: Citation[]): Promise<Pick<Judged, 'citations' | 'verbatim' | 'verifications' | 'verified'>> {
  let verbatim = 0
  const verified: boolean[] = []
  for (const { source, start, end, quote } of citations) {
    const number = await generation.numberOf(source.id)
    if (number !== undefined && end > start && generation.text(number).slice(start, end) === quote) verbatim++
    const claim = { source: source.id, start, end, quote, sha256: source.sha256 }
    verified.push((await verify(generation, claim)).verified, !(await verify(generation, { ...claim, quote: changed(quote) })).verified)
  }
  return { citations: citations.length, verbatim, verifications: verified.length, verified: verified.filter(Boolean).length }
}

/** A quote with its first digit, or its first letter, another. */
function changed(quote: string): string {
  const at = Math.max(0, quote.search(/\d/))
  return `${quote.slice(0, at)}${quote[at] === '7' ? '8' : '7'}${quote.slice(at + 1)}`
}

function wordsOf({ about, sides }: { about: string; sides: { label: string; value: string | null }[] }): string {
  return [about, ...sides.flatMap(({ label, value }) => [label, value ?? ''])].join(' / ')
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100
}
