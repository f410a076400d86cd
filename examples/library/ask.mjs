// Indexes a folder and asks it: node ask.mjs FOLDER "Question?"
import { buildIndex, openRecord } from 'onrecord'

const [folder, question] = process.argv.slice(2)
if (!folder || !question) throw new Error('usage: node ask.mjs FOLDER "Question?"')

const { sources, passages, seconds } = await buildIndex({ folders: [folder], index: '.onrecord' })
console.log(`${sources} documents, ${passages} passages, in ${seconds} s`)

const record = await openRecord({ index: '.onrecord' })
const { status, citations } = await record.ask(question)
console.log(status)
for (const { quote, start, end, source, statements, page, line } of citations) {
  const [said] = statements
  console.log(`\n${quote}`)
  console.log(`  ${said?.speaker ?? source.outlet ?? source.author ?? 'unsigned'}, ${said?.saidOn ?? source.published}`)
  console.log(`  ${source.path}, ${page === null ? `line ${line}` : `page ${page}`}`)
  console.log(`  ${(await record.verify({ source: source.id, start, end, quote })).verified ? 'verified' : 'NOT verified'}`)
}
await record.close()
