import type { Answer, Citation } from '../../server/contract.ts'
import type { Server } from '../api.ts'
import type { Turn } from '../ui/conversation.ts'
import { creditOf, placeText, publishedText } from '../ui/credit.ts'
import { filterTexts } from '../ui/filter-words.ts'
import { disagreementTitle, type Extent, extentWithin, outcomeOf } from '../ui/status.ts'
import type { Words } from '../words/en.ts'
import { escapedBlock, escapedLine, quotedBlock } from './markdown-text.ts'

interface Around {
  words: Words
  server: Pick<Server, 'linkTo'>
  extent: Extent
  titleOf: (source: string) => string | null
  /** YYYY-MM-DD */
  day: string
}

/** A conversation as Markdown: every question with its filters and status, every quote with who said it and a link to its words. */
export function conversationMarkdown(turns: Turn[], around: Around): string {
  const { words, day } = around
  const title = `# ${escapedLine(`${words.name}, ${words.date(day)}`)}`
  return `${[title, ...turns.flatMap((turn) => turnBlocks(turn, around))].join('\n\n')}\n`
}

function turnBlocks(turn: Turn, around: Around): string[] {
  const { words, titleOf, extent } = around
  const { question, answer, citations } = turn
  const filters = filterTexts(turn.filters, words, titleOf).map(({ text }) => text)
  const outcome = outcomeOf(turn, extentWithin(extent, turn.filters), words) || words.searching
  return [
    `## ${escapedLine(question)}`,
    ...(filters.length > 0 ? [escapedLine(`${words.askedWith}: ${filters.join(' · ')}`)] : []),
    `**${escapedLine(outcome)}**`,
    ...(answer?.question && answer.question.trim() !== question.trim() ? [escapedLine(words.understood(answer.question))] : []),
    ...(answer?.status === 'not-on-record' && answer.missing.length > 0 ? [escapedLine(words.foundNothing(answer.missing))] : []),
    ...(answer?.status === 'not-on-record' && citations.length > 0 ? [`### ${escapedLine(words.nearest(citations.length))}`] : []),
    ...proseBlocks(answer, words),
    ...citations.flatMap((citation) => citationBlocks(citation, around)),
    ...(answer && answer.status !== 'not-on-record' ? answer.disagreements.flatMap((each) => disagreementBlocks(each, citations, around)) : []),
  ]
}

/** What a language model wrote, each sentence with the numbers of its quotes. */
function proseBlocks(answer: Answer | null, words: Words): string[] {
  const sentences = answer?.prose?.sentences ?? []
  if (sentences.length === 0) return []
  const text = sentences.map(({ text, citations }) => `${text} (${citations.map((n) => words.number(n + 1)).join(words.comma)})`).join(' ')
  return [escapedLine(text), escapedLine(words.proseNote)]
}

function citationBlocks(citation: Citation, around: Around): string[] {
  return [
    quotedBlock(citation.quote),
    `— ${attribution(citation, around.words)} ([${escapedLine(around.words.openInSource)}](<${around.server.linkTo(citation)}>))`,
  ]
}

/** Who said it and when, then where it stands. */
function attribution(citation: Citation, words: Words): string {
  const { speakers, publisher, by, title } = creditOf(citation)
  const who = speakers.map(({ name, role, said, speech }) =>
    [name, role, said && `${words.said} ${words.date(said)}`, words.speech[speech]].filter(Boolean).join(', '),
  )
  const date = publishedText(citation.source, words)
  const place = placeText(citation, words) ?? words.line(citation.line)
  return [...who, publisher, by, title, date, place].flatMap((part) => (part ? escapedBlock(part.replace(/\s+/g, ' ').trim()) : [])).join('. ')
}

function disagreementBlocks(disagreement: Answer['disagreements'][number], citations: Citation[], { words }: Around): string[] {
  return [
    `### ${escapedLine(disagreementTitle(disagreement, words))}`,
    ...disagreement.sides.flatMap(({ label, value, citations: cited }) => [
      `**${escapedLine(label)}**${value === null ? '' : `: ${escapedLine(value)}`}`,
      ...cited.flatMap((n) => (citations[n] ? [quotedBlock(citations[n].quote)] : [])),
    ]),
  ]
}
