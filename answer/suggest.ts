import type { Embedder } from '../index/embedders/embedder.ts'
import { isRole, personNames } from '../index/names.ts'
import type { GenerationReader } from '../index/reader.ts'
import { type Tagger, wordTagger } from '../index/statements/tagger.ts'
import type { Statement } from '../index/types.ts'
import { ask } from './ask.ts'

/** Questions offered, and candidates that are tried for them. */
const OFFERED = 4
const TRIED = 24
/** Statements that are read for subjects, spread over all. */
const READ = 400

/**
 * Questions that this index answers, made from the people who speak in it and the subjects that several sources share;
 * each was asked and is answered. None when the documents name nobody.
 */
export async function suggest(generation: GenerationReader, embedder: Embedder): Promise<string[]> {
  const offered: Candidate[] = []
  for (const candidate of (await candidatesOf(generation, wordTagger())).slice(0, TRIED)) {
    if (offered.some((other) => other.person === candidate.person || other.subject === candidate.subject)) continue
    const { status } = await ask(generation, embedder, candidate.question, { limit: 1 })
    if (status === 'answered') offered.push(candidate)
    if (offered.length === OFFERED) break
  }
  return offered.map((candidate) => candidate.question)
}

interface Candidate {
  person: string
  subject: string
  question: string
}

/** Pairs of a speaker and a subject of what they say, the most widely reported first. */
async function candidatesOf(generation: GenerationReader, nlp: Tagger): Promise<Candidate[]> {
  const people = new Map<string, Set<number>>()
  const subjects = new Map<string, Set<number>>()
  const pairs = new Map<string, Candidate>()
  for (const place of await generation.someStatements(READ)) {
    const number = place.source
    const statement = generation.source(number).statements[place.statement] as Statement
    const person = statement.speaker
    if (personNames(person)[0] !== person) continue
    note(people, person, number)
    for (const subject of subjectsIn(generation.text(number).slice(statement.start, statement.end), nlp)) {
      note(subjects, subject, number)
      pairs.set(`${person}\n${subject}`, { person, subject, question: `What did ${person} say about ${subject}?` })
    }
  }
  const spread = ({ person, subject }: Candidate) => Math.min(people.get(person)?.size ?? 0, 4) * Math.min(subjects.get(subject)?.size ?? 0, 4)
  return [...pairs.values()].sort((a, b) => spread(b) - spread(a) || (a.question < b.question ? -1 : 1))
}

function note(found: Map<string, Set<number>>, key: string, source: number): void {
  const sources = found.get(key) ?? new Set()
  found.set(key, sources.add(source))
}

/** Two-word subjects: an adjective or noun and a noun, as "the harbour wall". */
function subjectsIn(text: string, nlp: Tagger): string[] {
  const found = nlp(text).match('the [(#Adjective|#Noun) #Noun]', 0).not('(#Person|#Pronoun|#Date|#Value|#Possessive)').out('array') as string[]
  return unique(found)
    .filter((subject) => /^\p{Ll}[\p{L}-]+ \p{Ll}[\p{L}-]{3,}$/u.test(subject) && !isRole(subject.slice(subject.indexOf(' ') + 1)))
    .map((subject) => `the ${subject}`)
}

function unique(phrases: string[]): string[] {
  return [...new Set(phrases.map((phrase) => phrase.replace(/^[^\p{L}]+|[^\p{L}]+$|['’]s$/gu, '')))]
}
