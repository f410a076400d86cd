import { Router } from 'express'
import { verify } from '../../answer/verify.ts'
import { VerifyReply, VerifyRequest } from '../contract.ts'
import { EXAMPLES } from '../openapi/examples.ts'
import { INDEX_PROBLEMS, type Operations } from '../openapi/operation.ts'
import type { LiveRecord } from '../record.ts'
import { body } from './request.ts'

export const verifyOperations: Operations = {
  'POST /api/verify': {
    id: 'verify',
    tag: 'Asking',
    summary: 'Says whether a citation, taken at any earlier time, still holds.',
    body: { schema: VerifyRequest, examples: { citation: EXAMPLES.verify, changed: EXAMPLES.verifyChanged } },
    reply: { about: 'Whether it holds, and why not.', content: { 'application/json': { schema: VerifyReply, example: EXAMPLES.verified } } },
    problems: INDEX_PROBLEMS,
  },
}

/** POST /api/verify: does a citation, taken at any earlier time, still hold? */
export function verifyRoute(record: LiveRecord): Router {
  return Router().post('/verify', async (request, response) => {
    const claim = body(VerifyRequest, request)
    const reply: VerifyReply = await record.use((generation) => verify(generation, claim))
    response.json(reply)
  })
}
