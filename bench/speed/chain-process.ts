import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HuggingFaceTransformersEmbeddings } from '@langchain/community/embeddings/huggingface_transformers'
import { HNSWLib } from '@langchain/community/vectorstores/hnswlib'
import { Document } from '@langchain/core/documents'
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters'
import { env, pipeline } from '@xenova/transformers'

// What a LangChain.js tutorial gives: FOLDER INDEX MODELS MODEL BATCH.
const [folder = '', index = '', models = '', model = '', batch = ''] = process.argv.slice(2)
env.localModelPath = models
env.allowRemoteModels = false

const files = (await readdir(folder)).sort()
const documents = await Promise.all(
  files.map(async (name) => new Document({ pageContent: await readFile(join(folder, name), 'utf8'), metadata: { source: name } })),
)
const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 1000, chunkOverlap: 200 })
const chunks = await splitter.splitDocuments(documents)
const embeddings = new HuggingFaceTransformersEmbeddings({ model, pretrainedOptions: { dtype: 'q8' }, batchSize: Number(batch) })
// It asks for the library under another name than it is installed by here.
Object.assign(embeddings, { pipelinePromise: pipeline('feature-extraction', model, { dtype: 'q8' }) })
const store = await HNSWLib.fromDocuments(chunks, embeddings)
await store.save(index)
console.log(JSON.stringify({ chunks: chunks.length }))
