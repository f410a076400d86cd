import type { Answer } from '../answer/answer.ts'
import type { Citation } from '../answer/cite.ts'
import { withIndex } from './opened.ts'
import { withReranker } from './reranker.ts'
import { settings } from './settings.ts'
import { safe } from './terminal.ts'

/** Answers a question in the terminal. */
export async function askInTerminal(question: string, { index, json }: { index?: string | undefined; json?: boolean | undefined }): Promise<void> {
  const config = settings({ INDEX: index })
  const without = (error: unknown) => console.error(`The reranker is left out: ${error instanceof Error ? error.message : String(error)}`)
  const answer = await withIndex(config, async ({ generation, degraded, calibration }, embedder) => {
    // Read while the model loads.
    const { ask } = await import('../answer/ask.ts')
    return withReranker(config, 1, without, async (rerank) => ({
      ...(await ask(generation, embedder, question, { rerank, calibration })),
      degraded: degraded !== null,
    }))
  })
  console.log(json ? JSON.stringify(answer) : inWords(answer))
}

function inWords({ status, citations, missing, disagreements }: Answer): string {
  const words = missing.length > 0 ? ` Nothing matches: ${missing.join(', ')}.` : ''
  if (status === 'not-on-record') return `Not on record.${words}`
  const head = status === 'partial' ? `In part.${words}\n\n` : ''
  return head + [...citations.map(citationInWords), ...disagreements.map(sidesInWords)].join('\n\n')
}

/** Who is set beside whom, with the figures that differ. */
function sidesInWords({ about, sides }: Answer['disagreements'][number]): string {
  const figures = sides.some(({ value }) => value !== null)
  const lines = sides.map(
    ({ label, value, citations }) => `  ${safe(label)}: ${value === null ? `quote ${citations.map((n) => n + 1).join(', ')}` : safe(value)}`,
  )
  return [`${figures ? 'Figures differ' : 'Side by side'}: ${safe(about)}`, ...lines].join('\n')
}

function citationInWords({ quote, source, statements, line }: Citation): string {
  const speaker = statements[0] && [statements[0].speaker, statements[0].role].filter(Boolean).join(', ')
  const date = source.published && (source.publishedFrom === 'file' ? `file date ${source.published}` : source.published)
  const credit = [speaker, source.title, source.outlet, date].filter(Boolean).join(' · ')
  return `${safe(quote)}\n  ${safe(credit)}\n  ${safe(source.path)}:${line}`
}
