import { Kept } from '../kept.ts'
import { personNames } from '../names.ts'
import type { Span } from '../types.ts'
import { type Quotation, quotationAt } from './quotations.ts'
import { escaped, type Gender, type Person, roleOf, withoutTitle } from './roles.ts'
import { lexiconTags, wordTagger } from './tagger.ts'

/** Persons that are told apart, at most: a text that names more is a list and not a report. */
const MOST = 150

/** The persons that a text names, with the role it gives them, in the order of their first appearance. */
export class Cast {
  readonly people: Person[] = []
  private readonly quotations: Quotation[]
  private readonly text: string
  /** Where each run of letters stands in the text. */
  private readonly runs = new Map<string, number[]>()

  constructor(text: string, quotations: Quotation[]) {
    this.quotations = quotations
    this.text = text
    for (const name of new Set(
      personNames(text)
        .map(withoutTitle)
        .filter((n) => n.includes(' ') && n.split(' ').length < 6 && !/['’]t\b/.test(n)),
    )) {
      if (this.people.length === MOST) break
      const surname = name.slice(name.lastIndexOf(' ') + 1).replace(/['’]s?$/, '')
      const plain = name.replace(/['’]s?$/, '')
      const known = this.people.find((p) => p.surname === surname && (plain.endsWith(p.name) || p.name.endsWith(plain)))
      if (known) continue
      this.people.push({ name: plain, surname, gender: null, role: null, at: [] })
    }
    for (const { index, 0: run } of text.matchAll(/\p{L}+/gu)) {
      const places = this.runs.get(run)
      if (places) places.push(index)
      else this.runs.set(run, [index])
    }
    const hasTitles = TITLE.test(text)
    for (const person of this.people) {
      person.at = this.occurrences(person)
      person.role = roleOf(text, person)
      person.gender = (hasTitles ? genderByTitle(text, person) : null) ?? GENDERS.of(person.name.slice(0, person.name.indexOf(' ')))
    }
    this.people.sort((a, b) => (a.at[0] ?? 0) - (b.at[0] ?? 0))
  }

  /** Where a person is named by surname, or by a first name that nobody else here has. */
  private occurrences(person: Person): number[] {
    const first = person.name.slice(0, person.name.indexOf(' '))
    const shared = this.people.some((other) => other !== person && other.name.split(' ').includes(first))
    const names = shared || first.length < 3 ? [person.surname] : [person.surname, first]
    return [...new Set(names.flatMap((name) => this.placesOf(name)))].sort((a, b) => a - b)
  }

  /** Where a name stands with no letter on either side. */
  private placesOf(name: string): number[] {
    const run = /^\p{L}+/u.exec(name)?.[0] ?? ''
    const ends = (at: number) => !/^\p{L}/u.test(this.text.slice(at + name.length, at + name.length + 2))
    return (this.runs.get(run) ?? []).filter((at) => this.text.startsWith(name, at) && ends(at))
  }

  /** The person that a name ends with: "Captain Nerys Tolgarth", "Tolgarth". */
  named(mention: string): Person | undefined {
    const apposed = /^(?:the|a|an|another|his|her|their|its|our|my)\b[^,]*,\s*(\p{Lu}.*)$/isu.exec(mention)?.[1]
    if (apposed) return this.named(apposed.replace(/\s+(?:of|at|from|with)\s.*$/s, ''))
    const words = mention
      .replace(/,.*$/s, '')
      .replace(/['’]s?$/, '')
      .split(/\s+/)
    for (let i = words.length - 1; i >= 0; i--) {
      const word = words[i] as string
      if (!/^\p{Lu}/u.test(word)) continue
      const found = this.people.filter((p) => p.surname === word)
      if (found.length > 0) return found.find((p) => mention.includes(p.name)) ?? found[0]
    }
    // A part of a name that only one person has: "Nerys" of Nerys Tolgarth.
    const only = words.at(-1) as string
    const found = this.people.filter((p) => /^\p{Lu}\p{L}+$/u.test(only) && p.name.split(' ').includes(only))
    return found.length === 1 ? found[0] : undefined
  }

  /** The person whose role has the noun of a description: "the mayor". */
  byRole(noun: string, before: number): Person | undefined {
    const pattern = new RegExp(`\\b${escaped(noun)}\\b`, 'i')
    return this.people.filter((p) => p.role && pattern.test(p.role) && (p.at[0] ?? 0) < before).sort((a, b) => last(b.at, before) - last(a.at, before))[0]
  }

  /** Named outside quotations in a span, in order. */
  within({ start, end }: Span): Person[] {
    return this.people
      .map((person) => ({ person, at: person.at.find((at) => at >= start && at < end && !quotationAt(this.quotations, at)) }))
      .filter((x) => x.at !== undefined)
      .sort((a, b) => (a.at as number) - (b.at as number))
      .map((x) => x.person)
  }
}

const TITLE = /\b(?:Mr|Sir|Lord|King|Prince|Mrs|Ms|Miss|Dame|Lady|Queen|Princess)\b/
/** The same first names come again and again. */
const GENDERS = new Kept(5000, genderOf)

function genderByTitle(text: string, { surname }: Person): Gender {
  if (new RegExp(`\\b(?:Mr|Sir|Lord|King|Prince)\\.? (?:\\p{L}+ )?${escaped(surname)}`, 'u').test(text)) return 'm'
  if (new RegExp(`\\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess)\\.? (?:\\p{L}+ )?${escaped(surname)}`, 'u').test(text)) return 'f'
  return null
}

function genderOf(firstName: string): Gender {
  // A plain word has the tags of the lexicon alone: tagging it as a text of its own comes to the same and takes a hundred times as long.
  const tags = /^[A-Za-z]+$/.test(firstName) ? lexiconTags(firstName.toLowerCase()) : null
  const has = (tag: string) => tags?.includes(tag) ?? wordTagger()(firstName).has(`#${tag}`)
  if (has('MaleName') === has('FemaleName')) return null
  return has('MaleName') ? 'm' : 'f'
}

function last(offsets: number[], before: number): number {
  return offsets.findLast((at) => at < before) ?? -1
}
