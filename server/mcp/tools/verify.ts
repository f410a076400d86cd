import { z } from 'zod/v4'
import { verify } from '../../../answer/verify.ts'
import { VerifyReply, VerifyRequest } from '../../contract.ts'
import { tool } from '../tool.ts'

const { source, start, end, quote, sha256 } = VerifyRequest.shape

export const verifyTool = tool({
  name: 'verify',
  title: 'Verify a quote',
  description: 'Checks that a quote still stands in its source, character for character. Use it before a quote is published, or when one is doubted.',
  input: z.strictObject({
    source: source.describe('The id of the source.'),
    start: start.describe('Where the quote begins in the text of the source, in UTF-16 code units.'),
    end: end.describe('Where it ends; the character there is not part of it.'),
    quote: quote.describe('The words, exactly.'),
    sha256: sha256.describe('Of the text of the source when it was quoted, to learn whether it has changed since.'),
  }),
  output: VerifyReply,
  run: (claim, { record }) => record.use((generation): Promise<VerifyReply> => verify(generation, claim)),
  inWords: ({ verified, reason }) => [verified ? 'Verified: these words stand at this place.' : `Not verified. ${reason}`],
})
