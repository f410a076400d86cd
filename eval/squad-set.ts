import { z } from 'zod/v4'
import { type Case, type SetDocument, UNASKED } from './types.ts'
import { squash } from './words.ts'

const Question = z
  .object({
    id: z.string().min(1),
    question: z.string(),
    is_impossible: z.boolean().optional(),
    answers: z.array(z.object({ text: z.string() })).optional(),
  })
  .refine(({ is_impossible, answers }) => is_impossible || answers?.some(({ text }) => text.trim() !== ''), {
    path: ['answers'],
    message: 'an answer is needed, or "is_impossible": true',
  })

/** SQuAD 1.1 and 2.0 (Rajpurkar and others 2016, 2018), and the sets that took over its format. */
export const SquadSet = z.object({
  data: z.array(z.object({ title: z.string(), paragraphs: z.array(z.object({ context: z.string(), qas: z.array(Question) })) })),
})

type Article = z.infer<typeof SquadSet>['data'][number]

/** Each article as a text document: title, empty line, paragraphs with empty lines between. */
export function squadDocuments(articles: Article[]): SetDocument[] {
  const taken = new Set<string>()
  return articles.map(({ title, paragraphs }) => {
    const stem = title.replace(/[^\w-]+/g, '_').slice(0, 100) || 'article'
    let name = `${stem}.txt`
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${stem}-${n}.txt`
    taken.add(name.toLowerCase())
    return { name, text: `${title.replaceAll('_', ' ')}\n\n${paragraphs.map((p) => p.context).join('\n\n')}\n` }
  })
}

/** The questions of articles and the documents that they became; those of articles that are not indexed have no answer. */
export function squadCases(articles: Article[], documents: SetDocument[] | null): Case[] {
  return articles.flatMap(({ paragraphs }, i) =>
    paragraphs.flatMap(({ context, qas }) =>
      qas.map(({ id, question, is_impossible, answers = [] }): Case => {
        const answerable = documents !== null && !is_impossible
        const gold = {
          doc: documents?.[i]?.name ?? '',
          within: squash(context),
          accepted: [...new Set(answers.map(({ text }) => squash(text)))].filter(Boolean),
        }
        return {
          ...UNASKED,
          id,
          question,
          kind: answerable ? null : documents === null ? 'about other documents' : 'made unanswerable',
          answerable,
          gold: answerable ? [gold] : [],
        }
      }),
    ),
  )
}
