import nlp from 'compromise'
import { isRole, personNames } from '../names.ts'
import type { Span } from '../types.ts'
import { type Quotation, quotationAt } from './quotations.ts'

export type Gender = 'm' | 'f' | null

export interface Person {
  name: string
  surname: string
  gender: Gender
  role: string | null
  /** Where the text names the person, by full name or surname. */
  at: number[]
}

/** Persons that are told apart, at most: a text that names more is a list and not a report. */
const MOST = 150

/** The persons that a text names, with the role it gives them, in the order of their first appearance. */
export class Cast {
  readonly people: Person[] = []
  private readonly quotations: Quotation[]

  constructor(text: string, quotations: Quotation[]) {
    this.quotations = quotations
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
    for (const person of this.people) {
      person.at = this.occurrences(text, person)
      person.role = roleOf(text, person)
      person.gender = genderOf(text, person)
    }
    this.people.sort((a, b) => (a.at[0] ?? 0) - (b.at[0] ?? 0))
  }

  /** Where a person is named by surname, or by a first name that nobody else here has. */
  private occurrences(text: string, person: Person): number[] {
    const first = person.name.slice(0, person.name.indexOf(' '))
    const shared = this.people.some((other) => other !== person && other.name.split(' ').includes(first))
    const words = shared || first.length < 3 ? escaped(person.surname) : `${escaped(person.surname)}|${escaped(first)}`
    return [...text.matchAll(new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, 'gu'))].map((m) => m.index)
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

const TITLE =
  /^(?:(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Sen|Senator|Rep|Representative|Gov|Governor|President|Vice|Prime|Minister|Mayor|Councillors?|Capt|Captain|Col|Gen|General|Justice|Judge|Chief|Secretary|Senate|House|Majority|Minority|Leader|Speaker|Republican|Democrat|Democratic|Conservative|Labour|Former|Attorney|Professor|Chairman|Chairwoman|Director|Officer|Sgt|Lt|Police|Detective|King|Queen|Prince|Princess|Pope|Rev|Reverend|Bishop|Father|Ambassador|Deputy|Executive|Senior|Congressman|Congresswoman|Commissioner|Editor|State|Chancellor|Foreign|Defence|Defense|Finance|Interior|First|Lady|Texas|Florida|Ohio|California|Vermont|Massachusetts|Kentucky|Wisconsin|Iowa|New|York|Jersey|South|North|Carolina|Secretary-General|Actress|Actor|Singer|Author|Billionaire|Businessman|Both|Many|Most|Some)\.? )+/u

function withoutTitle(name: string): string {
  const rest = name.replace(TITLE, '')
  return rest.includes(' ')
    ? rest
    : name.replace(/^(?:Mr|Mrs|Ms|Dr|Sir|Sen|Rep|Gov|Capt|Senator|Governor|President|Mayor|Councillors?|Justice|Professor)\.? /, '')
}

/** The words that introduce a person: before the name ("town engineer Sunil Ferrand") or after it ("Sunil Ferrand, the town engineer"). */
function roleOf(text: string, { name, surname }: Person): string | null {
  for (const { index } of text.matchAll(new RegExp(escaped(name), 'g'))) {
    const found = [
      apposedBefore(text, index),
      roleBefore(wordsBefore(text, index)),
      roleAfter(text.slice(index + name.length, index + name.length + 160)),
    ].filter((role) => role !== null)
    if (found.length > 0) return found.join(', ')
  }
  const titled = new RegExp(
    `\\b((?:Councillor|Mayor|Senator|Sen\\.|Governor|Gov\\.|President|Dr\\.?|Capt\\.?|Captain|Justice|Professor|Prof\\.?|Rep\\.|Judge|Minister)) ${escaped(surname)}\\b`,
  ).exec(text)?.[1]
  return titled ?? null
}

/** "The Mayor, Lorcan Pyle": a role that the name is set beside. */
function apposedBefore(text: string, index: number): string | null {
  const words = /\b[Tt]he ((?:\p{L}+ ){0,3}\p{L}+),\s+$/u.exec(text.slice(Math.max(0, index - 60), index))?.[1]
  return words && isRole(words.split(' ').at(-1) as string) ? words : null
}

/** The capitalised or plain words directly before a name, within its clause. */
function wordsBefore(text: string, index: number): string {
  return (
    /(?:^|[\s“"(])((?:[\p{Lu}\p{Ll}][\p{L}’'-]*\.?\s+){1,6})$/u.exec(text.slice(Math.max(0, index - 90), index).replace(/^.*[.;:,\n]\s/su, ''))?.[1]?.trim() ??
    ''
  )
}

function roleAfter(after: string): string | null {
  const bracket = /^\s+\(([^)]{3,40})\)/.exec(after)?.[1]
  if (bracket && looksLikeRole(bracket)) return bracket
  const apposed = /^,\s+(?:who (?:is |was )?)?((?:(?!\b(?:said|says|told|and then|but|has|had)\b)[^,.;:\n“”"(])+?)(?=[,.;\n)]|\s+(?:said|says|told|who)\b)/u
    .exec(after)?.[1]
    ?.trim()
  return apposed && apposed.split(' ').length <= 14 && looksLikeRole(apposed) ? apposed.replace(/^(?:the|a|an) /, '') : null
}

function looksLikeRole(words: string): boolean {
  return words
    .split(/\s+/)
    .some(
      (w) =>
        isRole(w.replace(/s$/, '')) ||
        /^(?:chairs|heads|leads|runs|represents|teaches|owns|keeps|farms|directs|edits|co-founder|vice|fellow|expert|student|resident|candidate|nominee|co-chair|chief)$/i.test(
          w,
        ),
    )
}

/** The trailing words of what stands before a name, from the first that can belong to a role. */
function roleBefore(words: string): string | null {
  const parts = words.split(/\s+/)
  let from = parts.length
  while (from > 0) {
    const word = parts[from - 1] as string
    if (/^(?:by|to|of|with|that|and|said|says|told|from|for|in|on|at|but|as|when|is|was|the|a|an|his|her|its|their|asked|because|if|while)$/i.test(word)) break
    from--
  }
  const role = parts
    .slice(from)
    .filter((word) => !/^(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Sir|Dame)\.?$/.test(word))
    .join(' ')
  return role.split(' ').some((w) => isRole(w) || TITLE.test(`${w} `) || /^(?:candidate|nominee|hopeful|spokes\w+)$/i.test(w)) ? role : null
}

function genderOf(text: string, { name, surname }: Person): Gender {
  if (new RegExp(`\\b(?:Mr|Sir|Lord|King|Prince)\\.? (?:\\p{L}+ )?${escaped(surname)}`, 'u').test(text)) return 'm'
  if (new RegExp(`\\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess)\\.? (?:\\p{L}+ )?${escaped(surname)}`, 'u').test(text)) return 'f'
  const first = nlp(name.slice(0, name.indexOf(' ')))
  if (first.has('#MaleName') && !first.has('#FemaleName')) return 'm'
  if (first.has('#FemaleName') && !first.has('#MaleName')) return 'f'
  return null
}

function last(offsets: number[], before: number): number {
  return offsets.findLast((at) => at < before) ?? -1
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
