// One model in one thread: onnxruntime blocks the thread it runs in, so this one does nothing else.
// Plain JavaScript, so that the same file runs from the sources and from the build.
import { parentPort, workerData } from 'node:worker_threads'
import { AutoModel, AutoTokenizer, env, Tensor } from '@xenova/transformers'

/** @typedef {{ root: string, name: string, download: boolean, dtype: 'q8' | 'fp32', pooling: 'cls' | 'mean', maxTokens: number, queryPrefix: string, passagePrefix: string }} Settings */

const settings = /** @type {Settings} */ (workerData)
const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)

env.localModelPath = settings.root
env.allowRemoteModels = settings.download
if (settings.download) env.cacheDir = settings.root

const [tokenizer, model] = await Promise.all([
  AutoTokenizer.from_pretrained(settings.name),
  AutoModel.from_pretrained(settings.name, {
    dtype: settings.dtype,
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
  }),
])

/** The special tokens around a text: [CLS] and [SEP] for BERT. */
const special = /** @type {number[]} */ (tokenizer.encode(''))
const [first, last] = [special.slice(0, Math.ceil(special.length / 2)), special.slice(Math.ceil(special.length / 2))]
/** @param {string} text @returns {number[]} */
const tokensOf = (text) => tokenizer.encode(text, { add_special_tokens: false })
const prefix = tokensOf(settings.passagePrefix)

/**
 * The last hidden states of a list of tokens, one row of `width` numbers a token.
 * @param {number[]} tokens
 */
async function run(tokens) {
  const shape = [1, tokens.length]
  /** @type {Record<string, Tensor>} */
  const inputs = {
    input_ids: new Tensor('int64', BigInt64Array.from(tokens, BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(tokens.length).fill(1n), shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(tokens.length), shape),
  }
  const output = (await model(inputs)).last_hidden_state
  return { rows: /** @type {Float32Array} */ (output.data), width: /** @type {number} */ (output.dims[2]) }
}

/**
 * The mean of rows [from, to), of length 1.
 * @param {Float32Array} rows @param {number} width @param {number} from @param {number} to
 */
function mean(rows, width, from, to) {
  const sum = new Float32Array(width)
  for (let row = from; row < to; row++) for (let i = 0; i < width; i++) sum[i] = Number(sum[i]) + Number(rows[row * width + i])
  const norm = Math.hypot(...sum) || 1
  return sum.map((x) => x / norm)
}

/** @param {Float32Array} rows @param {number} width @param {number} count */
const pooled = (rows, width, count) => (settings.pooling === 'cls' ? mean(rows, width, 0, 1) : mean(rows, width, 0, count))

/**
 * One forward pass: the pooled vector of the passage, the mean of each sentence's tokens, and the tokens of each sentence.
 * @param {string[]} sentences
 */
async function embedPassage(sentences) {
  const tokens = [...first, ...prefix]
  const spans = sentences.map((sentence) => {
    const from = tokens.length
    tokens.push(...tokensOf(sentence).slice(0, Math.max(0, settings.maxTokens - from + first.length)))
    return { from, to: tokens.length }
  })
  tokens.push(...last)
  const { rows, width } = await run(tokens)
  const passage = pooled(rows, width, tokens.length)
  // A sentence without tokens of its own (a lone mark) stands where its passage stands.
  const means = spans.map(({ from, to }) => (to > from ? mean(rows, width, from, to) : passage.slice()))
  return [passage, ...means, ...spans.map(({ from, to }) => rows.slice(from * width, to * width))]
}

/**
 * One forward pass: the pooled vector of the question, and the tokens of each of its segments.
 * @param {string[]} segments
 */
async function embedQuestion(segments) {
  const tokens = [...first, ...tokensOf(settings.queryPrefix)]
  const spans = segments.map((segment) => {
    const from = tokens.length
    tokens.push(...tokensOf(segment).slice(0, Math.max(0, settings.maxTokens - from + first.length)))
    return { from, to: tokens.length }
  })
  tokens.push(...last)
  const { rows, width } = await run(tokens)
  return [pooled(rows, width, tokens.length), ...spans.map(({ from, to }) => rows.slice(from * width, to * width))]
}

port.on('message', async (/** @type {{ sentences?: string[], question?: string[] }} */ job) => {
  try {
    const result = await (job.sentences ? embedPassage(job.sentences) : embedQuestion(job.question ?? []))
    port.postMessage(
      { result },
      result.map((v) => /** @type {ArrayBuffer} */ (v.buffer)),
    )
  } catch (error) {
    port.postMessage({ error: String(error instanceof Error ? error.message : error) })
  }
})

const { width } = await run(special)
port.postMessage({ ready: { dimensions: width, prefixTokens: prefix.length } })
