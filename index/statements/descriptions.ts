import type { Person } from './roles.ts'

/** "Tolgarth's spokesman" names Tolgarth but is another. */
export function nameDecides(mention: string, person: Person): boolean {
  const rest = mention.slice(mention.lastIndexOf(person.surname) + person.surname.length)
  return (
    !/^['’]s?\s+\p{L}/u.test(rest) &&
    !/^\s+\p{L}/u.test(rest) &&
    !/\b(?:for|to|of)\s+(?:\p{L}+\.?\s+)*$/u.test(mention.slice(0, mention.lastIndexOf(person.surname)))
  )
}

/** A harbour engineer is not the harbour master; a senator or an actor may be "the candidate". */
export function hasOtherRole({ role }: Person, noun: string): boolean {
  return (
    role?.toLowerCase().includes('spokes') ||
    (/^(?:master|engineer|clerk|secretary|chair\w*|mayor|spokes\w+|director|treasurer|officer|editor|minister|judge|doctor)$/.test(noun) && role !== null)
  )
}

export function rolePart(mention: string, { name, surname }: Person): string | null {
  const at = mention.includes(name) ? mention.indexOf(name) : mention.indexOf(surname)
  const role = at > 0 ? withoutArticle(mention.slice(0, at).trim()).replace(/[,;\s]+$/, '') : ''
  return role && !/^(?:mr|mrs|ms|miss)\.?$/i.test(role) ? role : null
}

export function withoutArticle(words: string): string {
  return words.replace(/^(?:the|a|an)\s+/i, '')
}

/** Who speaks in a paper: "a statement by the River Board on Sept 11" is the River Board's. */
export function issuer(words: string): string {
  const by =
    /^(?:\p{L}+ ){0,2}(?:statement|report|release|letter|message|study|review|note|paper|tweet|post|memo|document)s?(?: \p{L}+)? (?:by|from|of) (?:the )?(.+)$/iu.exec(
      words,
    )?.[1]
  return by ? by.replace(/\s+(?:on|dated|in|of)\s+(?:\p{Lu}\p{L}+\.? )?\d.*$/u, '').replace(/\s+on \p{Lu}\p{L}+day$/u, '') : words
}

/** The noun that a description is about: the last word before "of", "for", "in" and the like. */
export function headNoun(words: string): string {
  const head = words.split(/,|\s+(?:of|for|in|at|from|who|with|on|to|by|about|which)\s+/)[0] ?? words
  return (head.split(/\s+/).at(-1) ?? head).toLowerCase()
}
