import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AutoTokenizer, env } from '@xenova/transformers'
import { txt } from '../../index/loaders/txt.ts'
import { DEFAULT_MODEL, type ModelPlace, placeOf, traitsOf } from '../../index/model.ts'
import { passagesOf } from '../../index/passages.ts'
import { documentNumber, frequentWords } from '../large/documents.ts'

/** Tokens of a passage at most, but for the special ones around it. */
const MAX_TOKENS = 510

export interface Written {
  /** Characters of all documents. */
  characters: number
  /** What On Record embeds: the sentences of each passage. */
  passages: string[][]
}

/** The default model, which every bench runs. */
export function modelPlace(): ModelPlace {
  const place = placeOf(DEFAULT_MODEL)
  if (!place) throw new Error('the default model is missing')
  return place
}

export function onnxOf({ root, name }: ModelPlace): string {
  return join(root, name, 'onnx', 'model_quantized.onnx')
}

/** Writes so many documents of plain text, always the same, from which everybody reads the same characters. */
export async function writeTexts(folder: string, count: number): Promise<Written> {
  const words = await frequentWords()
  const tokens = await tokenizer()
  const countTokens = (text: string) => tokens(text).length
  await mkdir(folder, { recursive: true })
  const written: Written = { characters: 0, passages: [] }
  for (let number = 0; number < count; number++) {
    const { text } = documentNumber(number, words)
    const path = join(folder, `${String(number).padStart(6, '0')}.txt`)
    await writeFile(path, text.slice(text.indexOf('\n---\n') + 6))
    const [loaded] = await txt(await readFile(path))
    if (!loaded) throw new Error(`${path} is not read`)
    written.characters += loaded.text.length
    for (const { sentences } of passagesOf(loaded.text, { countTokens, maxTokens: MAX_TOKENS }))
      written.passages.push(sentences.map(({ start, end }) => loaded.text.slice(start, end)))
  }
  return written
}

/** The tokens that the embedder runs for passages. */
export async function tokensOfPassages(passages: string[][]): Promise<Int32Array[]> {
  const tokens = await tokenizer()
  return passages.map((sentences) => around(sentences.flatMap(tokens), tokens.special))
}

/** The tokens that the embedder runs for questions. */
export async function tokensOfQuestions(questions: string[]): Promise<Int32Array[]> {
  const tokens = await tokenizer()
  const prefix = tokens(traitsOf(DEFAULT_MODEL).query)
  return questions.map((question) => around([...prefix, ...tokens(question)], tokens.special))
}

type Tokenizer = ((text: string) => number[]) & { special: number[] }

let tokenizing: Promise<Tokenizer> | undefined

function tokenizer(): Promise<Tokenizer> {
  tokenizing ??= load(modelPlace())
  return tokenizing
}

async function load({ root, name }: ModelPlace): Promise<Tokenizer> {
  env.localModelPath = root
  env.allowRemoteModels = false
  const tokenizer = await AutoTokenizer.from_pretrained(name)
  const tokensOf = (text: string) => tokenizer.encode(text, { add_special_tokens: false }) as number[]
  return Object.assign(tokensOf, { special: tokenizer.encode('') as number[] })
}

function around(tokens: number[], [first = 0, last = 0]: number[]): Int32Array {
  return Int32Array.from([first, ...tokens, last])
}
