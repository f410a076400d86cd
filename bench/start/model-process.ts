import { AutoModel, AutoTokenizer, env } from '@xenova/transformers'

// Loads tokenizer and session of a model as a thread of the embedder does, and nothing else: ROOT NAME.
const [root = '', name = ''] = process.argv.slice(2)
env.localModelPath = root
env.allowRemoteModels = false
const session_options = { intraOpNumThreads: 1, interOpNumThreads: 1 }
await Promise.all([AutoTokenizer.from_pretrained(name), AutoModel.from_pretrained(name, { dtype: 'q8', session_options })])
