// Asks a running server: node client.mjs http://127.0.0.1:3000 "Question?" [KEY]
import { createClient, RateLimitError } from 'onrecord/client'

const [url = 'http://127.0.0.1:3000', question = 'What was said?', key] = process.argv.slice(2)
const client = createClient({ url, ...(key && { key }) })
try {
  for await (const event of client.askStream(question)) {
    if (event.event === 'citation') console.log(`${event.citation.quote}\n  ${event.citation.link}`)
    if (event.event === 'answer') console.log(event.answer.status)
  }
} catch (error) {
  if (!(error instanceof RateLimitError)) throw error
  console.error(`Asked too often: try again in ${error.retryAfter} s.`)
  process.exitCode = 1
}
