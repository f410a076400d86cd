import { sentencesOf, trimmed } from './sentences.ts'
import type { Passage, Span } from './types.ts'

/** Raised whenever passages or sentences of the same text would come out otherwise. */
export const SPLITTER_VERSION = 3

export interface PassageOptions {
  /** The number of tokens that the model makes of a text. */
  countTokens: (text: string) => number
  /** Tokens of a passage, at most. */
  maxTokens: number
}

/** Neighbouring paragraphs are joined while they stay within this; a sentence of news has about 30 tokens, its paragraph one or two. */
const JOIN_TOKENS = 110
/** A line of at most this many characters without a sentence's end is a heading and goes with what follows. */
const HEADING_CHARS = 120
/** No sentence is longer than this, in characters: a tokenizer makes a single token of a word of a megabyte. */
const SENTENCE_CHARS = 4000

interface Block extends Span {
  sentences: Span[]
  tokens: number[]
  heading: boolean
}

/**
 * Splits a text into passages that tile it: every character except white space lies in exactly one passage and one sentence of it.
 * A passage is one paragraph, or short neighbours joined, or a long one split at sentence ends; a sentence that the model
 * cannot read whole is cut between words.
 */
export function passagesOf(text: string, options: PassageOptions): Passage[] {
  const passages: Passage[] = []
  let open: Block | null = null
  const close = () => {
    if (open) passages.push(...cut(open, options.maxTokens))
    open = null
  }
  for (const block of blocksOf(text, options)) {
    if (open && !joins(open, block, options.maxTokens)) close()
    open = open ? join(open, block) : block
  }
  close()
  return passages
}

function joins(open: Block, next: Block, maxTokens: number): boolean {
  const together = total(open.tokens) + total(next.tokens)
  if (open.heading) return together <= maxTokens
  return !next.heading && together <= Math.min(JOIN_TOKENS, maxTokens)
}

function join(a: Block, b: Block): Block {
  return { start: a.start, end: b.end, sentences: [...a.sentences, ...b.sentences], tokens: [...a.tokens, ...b.tokens], heading: a.heading && b.heading }
}

function blocksOf(text: string, { countTokens, maxTokens }: PassageOptions): Block[] {
  const blocks: Block[] = []
  let start = 0
  for (const gap of [...text.matchAll(/(?:\r\n|\r(?!\n)|\n)[^\S\r\n]*(?:\r\n|\r(?!\n)|\n)\s*/g), { index: text.length, 0: '' }]) {
    const span = trimmed(text, start, gap.index)
    start = gap.index + gap[0].length
    if (!span) continue
    const sentences = sentencesOf(text, span.start, span.end).flatMap((s) => readable(text, s, countTokens, maxTokens))
    const heading = sentences.length === 1 && span.end - span.start <= HEADING_CHARS && !/[.!?:;,"”…]$/.test(text.slice(span.start, span.end))
    blocks.push({ ...span, sentences, tokens: sentences.map((s) => countTokens(text.slice(s.start, s.end))), heading })
  }
  return blocks
}

/** The sentence, or the parts of it that the model can read whole. */
function readable(text: string, sentence: Span, countTokens: (text: string) => number, maxTokens: number): Span[] {
  // No tokenizer makes more than three tokens of a code unit: most sentences need no count here.
  const chars = sentence.end - sentence.start
  if (chars * 3 <= maxTokens || (chars <= SENTENCE_CHARS && countTokens(text.slice(sentence.start, sentence.end)) <= maxTokens)) return [sentence]
  const middle = wordBreak(text, sentence)
  const halves = [trimmed(text, sentence.start, middle), trimmed(text, middle, sentence.end)].filter((s) => s !== null)
  return halves.flatMap((half) => readable(text, half, countTokens, maxTokens))
}

/** The white space nearest to the middle of a span, else the middle itself, but never within a code point. */
function wordBreak(text: string, { start, end }: Span): number {
  const middle = (start + end) >> 1
  for (let away = 0; away < (end - start) / 4; away++) {
    if (/\s/.test(text.charAt(middle + away))) return middle + away
    if (/\s/.test(text.charAt(middle - away))) return middle - away
  }
  const code = text.charCodeAt(middle)
  return code >= 0xdc00 && code <= 0xdfff && middle - 1 > start ? middle - 1 : middle
}

/** A block as passages of about equal size within the limit, split at sentence ends. */
function cut(block: Block, maxTokens: number): Passage[] {
  const parts = Math.ceil(total(block.tokens) / maxTokens)
  const share = total(block.tokens) / parts
  const passages: Passage[] = []
  let sentences: Span[] = []
  let tokens = 0
  const close = () => {
    const [first, last] = [sentences[0], sentences.at(-1)]
    if (first && last) passages.push({ start: first.start, end: last.end, sentences })
    sentences = []
    tokens = 0
  }
  block.sentences.forEach((sentence, i) => {
    const more = block.tokens[i] as number
    if (tokens > 0 && (tokens + more > maxTokens || tokens >= share)) close()
    sentences.push(sentence)
    tokens += more
  })
  close()
  return passages
}

function total(numbers: number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0)
}
