// One model in one thread: onnxruntime blocks the thread it runs in, so this one does nothing else.
// Plain JavaScript, so that the same file runs from the sources and from the build.
import { parentPort, workerData } from 'node:worker_threads'
import { AutoModelForSequenceClassification, AutoTokenizer, env } from '@xenova/transformers'

/** @typedef {{ root: string, name: string, download: boolean, dtype: 'q8' | 'fp32', maxTokens: number }} Settings */

const settings = /** @type {Settings} */ (workerData)
const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)

env.localModelPath = settings.root
env.allowRemoteModels = settings.download
if (settings.download) env.cacheDir = settings.root

const [tokenizer, model] = await Promise.all([
  AutoTokenizer.from_pretrained(settings.name),
  AutoModelForSequenceClassification.from_pretrained(settings.name, {
    dtype: settings.dtype,
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
  }),
])

/** @param {string} text @returns {number} */
const count = (text) => tokenizer.encode(text, { add_special_tokens: false }).length
/** Tokens of a question and a text together: those that the model puts around a pair are left out. */
const room = settings.maxTokens - (tokenizer.encode('a', { text_pair: 'a' }).length - 2 * count('a'))

/**
 * The beginning of a text that has at most so many tokens. (The tokenizer's own cutting takes the last special token, too.)
 * @param {string} text @param {number} most @returns {string}
 */
function fitted(text, most) {
  let [part, tokens] = [text, count(text)]
  while (tokens > most) {
    part = part.slice(0, Math.floor((part.length * most) / tokens))
    tokens = count(part)
  }
  return part
}

/**
 * The model's outputs for a question and a text. One pair at a time: in a batch, a quantised model's numbers depend on the others.
 * @param {string} question @param {string} text @returns {Promise<Float32Array>}
 */
async function outputs(question, text) {
  const asked = fitted(question, Math.floor(room / 2))
  const told = fitted(text, room - count(asked))
  // The tokenizer takes an empty text for none.
  const { logits } = await model(tokenizer(asked || ' ', { text_pair: told || ' ', return_token_type_ids: true }))
  return /** @type {Float32Array} */ (logits.data)
}

port.on('message', async (/** @type {{ question: string, texts: string[] }} */ { question, texts }) => {
  try {
    /** @type {number[]} */
    const all = []
    for (const text of texts) all.push(...(await outputs(question, text)))
    port.postMessage({ result: Float32Array.from(all) })
  } catch (error) {
    port.postMessage({ error: String(error instanceof Error ? error.message : error) })
  }
})

port.postMessage({ ready: { outputs: (await outputs('a', 'a')).length } })
