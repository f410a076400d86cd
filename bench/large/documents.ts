import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DEFAULT_MODEL, placeOf } from '../../index/model.ts'
import { uniform } from '../seeded.ts'

/** Paragraphs of a document, each of which becomes a passage. */
const PARAGRAPHS = 5
/** Tokens that a paragraph has at least. */
const WORDS = 95
/** The share of words that no list holds, so that their number grows with the text as it does in nature (Heaps' law). */
const NEW = 0.012
/** The share of sentences that somebody is quoted for. */
const QUOTED = 0.25
const ROLES = ['the mayor', 'a spokesperson', 'the surveyor', 'an engineer', 'a resident', 'the chair of the board', 'a professor of law']
const OUTLETS = ['The Lantern', 'Harbour Gazette', 'Council Minutes', 'Evening Record', 'Radio Low Water']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

export interface WrittenDocument {
  path: string
  text: string
  /** Who is quoted. */
  speakers: string[]
}

/** Documents of about 5 passages, always the same: words by Zipf's law over a list that begins with the most frequent, names, quotes and dates. */
export function documentNumber(number: number, words: string[], paragraphs = PARAGRAPHS): WrittenDocument {
  const random = uniform(number + 1)
  const below = (n: number) => Math.floor(random() * n)
  const one = <T>(of: readonly T[]) => of[below(of.length)] as T
  // The inverse of the integral of 1 / (rank + 2.7).
  const word = () => words[Math.floor(2.7 * ((words.length + 2.7) / 2.7) ** random() - 2.7)] as string
  const anyWord = () => (random() < NEW ? word() + word() : word())
  const clause = (least: number, more: number) => Array.from({ length: least + below(more) }, anyWord).join(' ')
  const date = () => `${1 + below(28)} ${one(MONTHS)} ${2015 + below(10)}`
  const people = Array.from({ length: 3 }, () => `${capital(words[2000 + below(700)] as string)} ${capital(words[3000 + below(7000)] as string)}`)
  const speakers: string[] = []
  const sentence = () => {
    const said = capital(clause(8, 14))
    if (random() >= QUOTED) return `${said}${random() < 0.2 ? ` on ${date()}` : ''}.`
    const speaker = one(people)
    speakers.push(speaker)
    return `“${said},” said ${speaker}, ${one(ROLES)}.`
  }
  const paragraph = () => {
    const sentences: string[] = []
    for (let count = 0; count < WORDS; count += 16) sentences.push(sentence())
    return sentences.join(' ')
  }
  const day = `${2015 + below(10)}-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`
  const title = capital(clause(4, 5))
  const body = Array.from({ length: paragraphs }, paragraph).join('\n\n')
  const text = `---\ntitle: "${title}"\ndate: ${day}\noutlet: ${one(OUTLETS)}\nauthor: ${one(people)}\n---\n\n${body}\n`
  return { path: `${String(Math.floor(number / 1000)).padStart(3, '0')}/${String(number).padStart(6, '0')}.md`, text, speakers }
}

/** Documents that have about so many passages. */
export function documentsOf(passages: number): number {
  return Math.ceil(passages / PARAGRAPHS)
}

/** Writes so many documents of so many paragraphs. */
export async function writeDocuments(folder: string, count: number, words: string[], paragraphs = PARAGRAPHS): Promise<void> {
  for (let number = 0; number < count; number++) {
    const { path, text } = documentNumber(number, words, paragraphs)
    if (number % 1000 === 0) await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

/** Questions on documents spread over all: nine in ten of running words, one in ten about a speaker. */
export function questionsOn(documents: number, count: number, words: string[]): string[] {
  return Array.from({ length: count }, (_, i) => {
    const { text, speakers } = documentNumber(Math.floor((i * documents) / count), words)
    const body = text.slice(text.lastIndexOf('---') + 5).replace(/[“”.,]/g, '')
    const from = body.split(/\s+/).slice(20 + (i % 50))
    const [speaker] = speakers
    if (i % 10 === 0 && speaker) return `What did ${speaker} say about the ${from.slice(0, 3).join(' ')}?`
    return `What is said about ${from.slice(0, 6 + (i % 4)).join(' ')}?`
  })
}

/** The words of the default model's vocabulary, the most frequent first. */
export async function frequentWords(): Promise<string[]> {
  const place = placeOf(DEFAULT_MODEL)
  if (!place) throw new Error('the default model is missing')
  const { model } = JSON.parse(await readFile(join(place.root, place.name, 'tokenizer.json'), 'utf8')) as { model: { vocab: Record<string, number> } }
  return Object.keys(model.vocab).filter((word) => /^[a-z]{2,}$/.test(word))
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
