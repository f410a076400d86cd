import { Router } from 'express'
import { verify } from '../../answer/verify.ts'
import { type VerifyReply, VerifyRequest } from '../contract.ts'
import type { LiveRecord } from '../record.ts'
import { body } from './request.ts'

/** POST /api/verify: does a citation, taken at any earlier time, still hold? */
export function verifyRoute(record: LiveRecord): Router {
  return Router().post('/verify', async (request, response) => {
    const claim = body(VerifyRequest, request)
    const reply: VerifyReply = await record.use((generation) => verify(generation, claim))
    response.json(reply)
  })
}
