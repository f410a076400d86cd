import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { Citation } from '../cite.ts'
import { checked, type Fault } from './check.ts'
import { proseMessages } from './prompt.ts'
import { reply, type Tokens } from './reply.ts'
import type { ProseSentence } from './sentence.ts'
import { type Malformed, WrittenReader } from './written.ts'

/** Sentences of an answer, at most, and those that are looked at: a model that writes one wrong after another is not listened to. */
const MAX_SENTENCES = 8
const MAX_LOOKED_AT = 40
/** Citations that a model is shown, and characters that it may write: models that think aloud write most of them before the answer. */
const MAX_SHOWN = 10
const LONGEST = 65_536

export type Dropped = Fault | Malformed | 'repeated'

export interface WriteOptions {
  signal: AbortSignal
  /** Is told why a sentence is not shown. */
  dropped: (why: Dropped) => void
  used: (tokens: Tokens) => void
}

/**
 * The sentences in which a model answers from quotes, each as soon as it is proven. Throws ModelFailed when the model fails; what it wrote
 * before stays proven.
 */
export async function* write(
  model: BaseChatModel,
  { question, citations }: { question: string; citations: Citation[] },
  { signal, dropped, used }: WriteOptions,
): AsyncGenerator<ProseSentence> {
  const shown = citations.slice(0, MAX_SHOWN)
  const reader = new WrittenReader()
  const kept = new Set<string>()
  let lookedAt = 0
  for await (const characters of reply(model, proseMessages(question, shown), { signal, longest: LONGEST, used })) {
    for (const written of reader.read(characters)) {
      const sentence = written === 'malformed' ? written : checked(written, shown)
      if (typeof sentence === 'string') dropped(sentence)
      else if (kept.has(sentence.text)) dropped('repeated')
      else {
        kept.add(sentence.text)
        yield sentence
      }
      if (kept.size === MAX_SENTENCES || ++lookedAt === MAX_LOOKED_AT) return
    }
  }
}
