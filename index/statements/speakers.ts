import { isRole } from '../names.ts'
import type { Span } from '../types.ts'
import { Bodies } from './bodies.ts'
import type { Cast } from './cast.ts'
import { hasOtherRole, headNoun, issuer, nameDecides, rolePart, withoutArticle } from './descriptions.ts'
import type { Gender, Person } from './roles.ts'

export interface Speaker {
  mention: string | null
  speaker: string
  role: string | null
  person: Person | null
}

/** Characters of a sentence in which its subject begins. */
const SUBJECT = 25

interface Described {
  words: string
  noun: string
}

/** Resolves who a mention stands for, going through a document in order: each statement's speaker may be meant by the next "she". */
export class Speakers {
  private readonly text: string
  private readonly cast: Cast
  private readonly sentences: Span[]
  private readonly bodies: Bodies
  private readonly described: Described[] = []
  private last: { speaker: Speaker; at: number } | null = null

  constructor(text: string, cast: Cast, sentences: Span[]) {
    this.text = text
    this.cast = cast
    this.sentences = sentences
    this.bodies = new Bodies(text)
  }

  /** The speaker of a mention, or of the statement before it when nobody is mentioned. Null when nobody can be named. */
  resolve(source: Span | null, at: number): Speaker | null {
    const mention = source ? this.text.slice(source.start, source.end).replace(/\s+/g, ' ') : null
    const found = mention === null ? (this.last ? { ...this.last.speaker, mention: null } : null) : this.resolveMention(mention, source as Span)
    if (found && !/^(?:we|i|you|this|that|these|those|some|many|others|its|their|our|my)$/i.test(found.speaker))
      this.last = { speaker: found, at: source?.start ?? at }
    return found
  }

  private resolveMention(mention: string, source: Span): Speaker | null {
    const lower = mention.toLowerCase()
    if (/^(?:he|she|his|her)$/.test(lower)) return this.pronoun(mention, source, /^h(?:e|is)$/.test(lower) ? 'm' : 'f')
    if (/^(?:it|they|we|i|you|who|which|that|this|these|those|some|many|others|its|their|our|my)$/.test(lower)) return this.impersonal(mention)
    const person = this.cast.named(mention)
    if (person && nameDecides(mention, person)) return { mention, speaker: person.name, role: person.role ?? rolePart(mention, person), person }
    const words = issuer(withoutArticle(mention))
    const noun = headNoun(words)
    if (/^(?:the|this|that|his|her|their|its)\b/i.test(mention)) {
      const known = this.cast.byRole(noun, source.start)
      if (known && isRole(noun)) return { mention, speaker: known.name, role: known.role, person: known }
      const own = /^(?:his|her)\b/i.test(mention) && words.split(' ').length === 2 ? this.bodyOf(mention, source, noun) : null
      if (own) return { mention, speaker: own, role: null, person: null }
      const earlier = this.described.findLast((d) => d.noun === noun && d.words.length > words.length)
      if (earlier) return { mention, speaker: earlier.words, role: null, person: null }
      // "The Orrin senator" after "Odile Marchetti said": a description that nothing introduced is of the one spoken of.
      if (/^the\b/i.test(mention) && isRole(noun) && this.last?.speaker.person && !hasOtherRole(this.last.speaker.person, noun))
        return { ...this.last.speaker, mention }
    }
    const full = words.includes(' ') ? null : this.bodies.named(words, source.start)
    this.described.push({ words: full ?? words, noun })
    return { mention, speaker: full ?? words, role: null, person: null }
  }

  /** Introduces descriptions of the text that are not the source of a statement: "A spokesperson for the embassy on Thursday expressed". */
  introduce(words: string): void {
    const plain = withoutArticle(words)
    this.described.push({ words: plain, noun: headNoun(plain) })
  }

  /** "His association": the one that he is said to lead or to speak for. */
  private bodyOf(mention: string, source: Span, noun: string): string | null {
    const { person } = this.pronoun(mention, source, /^his/i.test(mention) ? 'm' : 'f')
    const name = this.bodies.named(noun, source.start)
    return name && person?.role?.includes(name) ? name : null
  }

  /** "She": whom the sentence names before it, else who spoke last or whom the sentences before name first. */
  private pronoun(mention: string, source: Span, gender: Gender): Speaker {
    const fits = (person: Person) => person.gender === null || person.gender === gender
    const of = (person: Person): Speaker => ({ mention, speaker: person.name, role: person.role, person })
    const here = this.sentences.findIndex((s) => s.start <= source.start && source.start < s.end)
    // Only the subject of the sentence: of "Asked whether Tolgarth would sail, she said" Tolgarth is not the one who says it.
    const start = this.sentences[here]?.start ?? 0
    const own = this.cast.within({ start, end: Math.min(source.start, start + SUBJECT) }).find(fits)
    if (own) return of(own)
    for (let i = here - 1; i >= Math.max(0, here - 8); i--) {
      const sentence = this.sentences[i] as Span
      const spoke = this.last && this.last.at >= sentence.start && this.last.at < sentence.end ? this.last.speaker : null
      if (spoke?.person && fits(spoke.person)) return of(spoke.person)
      if (spoke && !spoke.person && (isRole(headNoun(spoke.speaker)) || spoke.mention === mention)) return { ...spoke, mention }
      const named = this.cast.within({ start: sentence.start, end: Math.min(sentence.end, sentence.start + SUBJECT) }).find(fits)
      if (named) return of(named)
    }
    for (let i = here - 1; i >= Math.max(0, here - 8); i--) {
      const named = this.cast.within(this.sentences[i] as Span).find(fits)
      if (named) return of(named)
    }
    return { ...(this.last?.speaker ?? { speaker: mention, role: null, person: null }), mention }
  }

  private impersonal(mention: string): Speaker | null {
    if (/^(?:it|they|which|who|its|their)$/i.test(mention) && this.last) return { ...this.last.speaker, mention }
    return { mention, speaker: mention, role: null, person: null }
  }
}
