/** Offsets are UTF-16 code units, half-open, as everywhere. */
export interface Span {
  start: number
  end: number
}

export interface Paragraph extends Span {
  /** Where each of its lines starts, and that line's number in the whole text, from 1. */
  lines: { start: number; number: number }[]
}

/** A stretch of a paragraph that is marked in one way, cut where a line starts. */
export interface Run {
  mark: 'cited' | 'other' | null
  pieces: { text: string; line: number | null }[]
}

/** Lines between blank ones. Blank lines belong to no paragraph. */
export function paragraphsOf(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let open: Paragraph | null = null
  let start = 0
  for (let number = 1; start <= text.length; number++) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    if (text.slice(start, end).trim() === '') {
      open = null
    } else if (open) {
      open.end = end
      open.lines.push({ start, number })
    } else {
      open = { start, end, lines: [{ start, number }] }
      paragraphs.push(open)
    }
    start = end + 1
  }
  return paragraphs
}

/** A paragraph as runs, in order: the text of all their pieces is the paragraph's, character for character. */
export function runsOf(text: string, paragraph: Paragraph, cited: Span | null, others: Span[] = []): Run[] {
  const inside = (offset: number) => offset > paragraph.start && offset < paragraph.end
  const borders = [cited, ...others].flatMap((span) => (span ? [span.start, span.end] : [])).filter(inside)
  const edges = [...new Set([paragraph.start, ...borders, paragraph.end])].sort((a, b) => a - b)
  const runs: Run[] = []
  let line = 0
  for (let i = 1; i < edges.length; i++) {
    const [start, end] = [edges[i - 1] as number, edges[i] as number]
    const run: Run = { mark: markOf(start, cited, others), pieces: [] }
    let from = start
    for (; line < paragraph.lines.length; line++) {
      const next = paragraph.lines[line] as Paragraph['lines'][number]
      if (next.start >= end) break
      if (next.start > from) run.pieces.push({ text: text.slice(from, next.start), line: null })
      run.pieces.push({ text: '', line: next.number })
      from = next.start
    }
    if (from < end) run.pieces.push({ text: text.slice(from, end), line: null })
    // Two spans that end and start at the same place, or overlap, make one mark.
    const last = runs.at(-1)
    if (last && last.mark === run.mark) last.pieces.push(...run.pieces)
    else runs.push(run)
  }
  return runs
}

function markOf(offset: number, cited: Span | null, others: Span[]): Run['mark'] {
  const holds = ({ start, end }: Span) => start <= offset && offset < end
  if (cited && holds(cited)) return 'cited'
  return others.some(holds) ? 'other' : null
}
