import { workerData } from 'node:worker_threads'
import { AutoModelForSequenceClassification } from '@xenova/transformers'
import { loaded, serve } from '../../index/model-thread.mjs'

const { maxTokens } = /** @type {{ maxTokens: number }} */ (workerData)
const [tokenizer, model] = await loaded(AutoModelForSequenceClassification)

/** @param {string} text @returns {number} */
const count = (text) => tokenizer.encode(text, { add_special_tokens: false }).length
/** Tokens of a question and a text together: those that the model puts around a pair are left out. */
const room = maxTokens - (tokenizer.encode('a', { text_pair: 'a' }).length - 2 * count('a'))

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

/** @param {{ question: string, texts: string[] }} job */
async function scores({ question, texts }) {
  /** @type {number[]} */
  const all = []
  for (const text of texts) all.push(...(await outputs(question, text)))
  return Float32Array.from(all)
}

serve({ outputs: (await outputs('a', 'a')).length }, scores)
