import { Router } from 'express'
import type { Config } from '../config.ts'
import { Feedback } from '../contract.ts'
import { FeedbackFile } from '../feedback-file.ts'
import { EXAMPLES } from '../openapi/examples.ts'
import type { Operations } from '../openapi/operation.ts'
import { ProblemError } from '../problems.ts'
import { body } from './request.ts'

export const feedbackOperations: Operations = {
  'POST /api/feedback': {
    id: 'feedback',
    tag: 'Asking',
    summary: 'Keeps what a reader thinks of an answer.',
    description:
      'Only where the operator names a file for it (ONRECORD_FEEDBACK); `feedback` of /readyz says whether that is so. What is sent is kept with the time, and nothing else.',
    body: { schema: Feedback, examples: { helpful: EXAMPLES.helpful, unhelpful: EXAMPLES.unhelpful } },
    reply: { status: 204, about: 'It is kept.' },
    problems: ['feedback-off', 'feedback-full'],
  },
}

/** POST /api/feedback: a line more in the file of feedback, where there is one. */
export function feedbackRoute({ FEEDBACK }: Pick<Config, 'FEEDBACK'>, kept = FEEDBACK ? new FeedbackFile(FEEDBACK) : null): Router {
  return Router().post('/feedback', async (request, response) => {
    if (!kept) throw new ProblemError('feedback-off', 'This server takes no feedback.', { remedy: 'Its operator can name a file for it: ONRECORD_FEEDBACK.' })
    await kept.add(body(Feedback, request))
    response.status(204).end()
  })
}
