import type { GenerationReader } from '../index/reader.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import { ProblemError } from './problems.ts'

/** The source of an id, and its number. Throws no-such-source. */
export async function wanted(generation: GenerationReader, id: string): Promise<{ number: number; stored: StoredSource }> {
  const number = await generation.numberOf(id)
  if (number === undefined) throw new ProblemError('no-such-source', 'There is no source with this id; it may have gone with a new index.')
  return { number, stored: generation.source(number) }
}

/** The refusal of whole sources, where the operator keeps them back. */
export function quotesOnly(): ProblemError {
  return new ProblemError('quotes-only', 'This server shows quotes and the passages that they stand in, not whole sources.', {
    remedy: 'Ask a question: what it cites is shown in its passage.',
  })
}
