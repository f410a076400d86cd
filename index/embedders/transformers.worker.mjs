import { workerData } from 'node:worker_threads'
import { AutoModel, Tensor } from '@xenova/transformers'
import { loaded, serve } from '../model-thread.mjs'
import { signsOf } from '../signs.mjs'

/** @typedef {{ pooling: 'cls' | 'mean', maxTokens: number, queryPrefix: string, passagePrefix: string }} Settings */

const settings = /** @type {Settings} */ (workerData)
const [tokenizer, model] = await loaded(AutoModel)

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
  for (let at = from * width; at < to * width; at += width) for (let i = 0; i < width; i++) sum[i] = Number(sum[i]) + Number(rows[at + i])
  let squares = 0
  for (let i = 0; i < width; i++) squares += Number(sum[i]) * Number(sum[i])
  const norm = Math.sqrt(squares) || 1
  for (let i = 0; i < width; i++) sum[i] = Number(sum[i]) / norm
  return sum
}

/**
 * Takes from tokens what the tokens of any text have in common, which would be most of each (Ethayarajh 2019, "How contextual are
 * contextualized word representations?").
 * @param {Float32Array} rows
 */
function distinct(rows) {
  for (let i = 0; i < rows.length; i++) rows[i] = Number(rows[i]) - Number(common[i % common.length])
}

/** @param {Float32Array} rows @param {number} width @param {number} count */
const pooled = (rows, width, count) => (settings.pooling === 'cls' ? mean(rows, width, 0, 1) : mean(rows, width, 0, count))

/**
 * One forward pass: the pooled vector of the passage, the mean of each sentence's tokens, and the signs of the tokens of each sentence.
 * @param {(string | Int32Array)[]} sentences as their words, or as their tokens
 */
async function embedPassage(sentences) {
  const tokens = [...first, ...prefix]
  const spans = sentences.map((sentence) => {
    const from = tokens.length
    const own = typeof sentence === 'string' ? tokensOf(sentence) : sentence
    tokens.push(...own.slice(0, Math.max(0, settings.maxTokens - from + first.length)))
    return { from, to: tokens.length }
  })
  tokens.push(...last)
  const { rows, width } = await run(tokens)
  const passage = pooled(rows, width, tokens.length)
  // A sentence without tokens of its own (a lone mark) stands where its passage stands.
  const means = spans.map(({ from, to }) => (to > from ? mean(rows, width, from, to) : passage.slice()))
  const counts = spans.map(({ from, to }) => to - from)
  const own = rows.subarray((spans[0]?.from ?? 0) * width, (spans.at(-1)?.to ?? 0) * width)
  return { ...packed([passage, ...means]), signs: signsOf(own, width, common), counts }
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
  const question = pooled(rows, width, tokens.length)
  distinct(rows)
  return packed([question, ...spans.map(({ from, to }) => rows.subarray(from * width, to * width))])
}

/**
 * Vectors one after the other: each buffer that is handed to another thread takes its time.
 * @param {Float32Array[]} vectors
 */
function packed(vectors) {
  const lengths = vectors.map((vector) => vector.length)
  const numbers = new Float32Array(lengths.reduce((sum, length) => sum + length, 0))
  let at = 0
  for (const vector of vectors) {
    numbers.set(vector, at)
    at += vector.length
  }
  return { numbers, lengths }
}

/**
 * @param {{ sentences?: (string | Int32Array)[], question?: string[] }} job
 * @returns {Promise<{ numbers: Float32Array, lengths: number[], signs?: Uint8Array, counts?: number[] }>}
 */
async function vectors({ sentences, question }) {
  return sentences ? embedPassage(sentences) : embedQuestion(question ?? [])
}

/** A text of many kinds; the mean of its tokens is what tokens have in common. */
const ANY_TEXT = `The council met on Tuesday to hear what the new bridge would cost. "We expect the price to rise," the engineer said, and members asked
when the work would begin. In 1987 the company sold its mines in the north for 4.2 million pounds; by then the river had flooded twice. Plants turn
light, water and carbon dioxide into sugar. The team won three of its last five games, though its captain was hurt in the second half. Under the law
a tenant may appeal within thirty days. She studied music in Vienna, married a doctor, and wrote her first novel at the age of forty. Most cells hold
a copy of the same genes. How many people live in the capital, and which language do they speak? The army crossed the border in March, but the king
refused to sign the treaty. Prices of bread and oil fell by a tenth last year, according to the ministry.`
const any = await run([...first, ...tokensOf(ANY_TEXT).slice(0, settings.maxTokens), ...last])
const common = new Float32Array(any.width)
for (let i = 0; i < any.rows.length; i++) common[i % any.width] = Number(common[i % any.width]) + (Number(any.rows[i]) * any.width) / any.rows.length
serve({ dimensions: any.width, prefixTokens: prefix.length }, vectors, ({ numbers, signs }) =>
  [numbers, ...(signs ? [signs] : [])].map(({ buffer }) => /** @type {ArrayBuffer} */ (buffer)),
)
