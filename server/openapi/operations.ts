import { metricsOperations } from '../metrics.ts'
import { askOperations } from '../routes/ask.ts'
import { feedbackOperations } from '../routes/feedback.ts'
import { healthOperations } from '../routes/health.ts'
import { mcpOperations } from '../routes/mcp.ts'
import { openAiOperations } from '../routes/openai.ts'
import { openApiOperations } from '../routes/openapi.ts'
import { pageOperations } from '../routes/page.ts'
import { sourceOperations } from '../routes/sources.ts'
import { speakerOperations } from '../routes/speakers.ts'
import { suggestionOperations } from '../routes/suggestions.ts'
import { verifyOperations } from '../routes/verify.ts'
import { widgetOperations } from '../routes/widget.ts'
import type { Operations } from './operation.ts'

/** What is told of every route there is. */
export const OPERATIONS: Operations = {
  ...askOperations,
  ...verifyOperations,
  ...suggestionOperations,
  ...feedbackOperations,
  ...sourceOperations,
  ...speakerOperations,
  ...mcpOperations,
  ...openAiOperations,
  ...healthOperations,
  ...metricsOperations,
  ...openApiOperations,
  ...pageOperations,
  ...widgetOperations,
}
