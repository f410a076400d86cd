// A chain of LangChain over a record, without a language model: node retriever.mjs INDEX "Question?"
import { RunnableLambda } from '@langchain/core/runnables'
import { openRecord } from 'onrecord'

const [index = '.onrecord', question = 'What was said?'] = process.argv.slice(2)
const record = await openRecord({ index })

/** What a prompt would hold: numbered passages, each with who is said to have said something in it. @param {import('@langchain/core/documents').Document[]} found */
const numbered = (found) =>
  found.map(({ pageContent, metadata }, i) => {
    /** @type {import('onrecord').Citation} */
    const citation = metadata.citation
    const speakers = new Set(citation.statements.map(({ speaker }) => speaker))
    return `[${i + 1}] ${pageContent}\n    ${[citation.source.title, ...speakers].join(' · ')}`
  })

const chain = record.asRetriever({ k: 3 }).pipe(RunnableLambda.from(numbered))
for (const line of await chain.invoke(question)) console.log(line)
await record.close()
