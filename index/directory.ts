import { personNames } from './names.ts'
import type { StoredSource } from './stored-sources.ts'
import type { Source } from './types.ts'
import { calledBy, fullName, mayBeShort, termsOnce, type Voice } from './voices.ts'

/** Everybody who speaks in a record, once with each role and outlet, by the terms they are called by. */
export class Directory {
  private readonly voices: Voice[]
  private readonly byTerm = new Map<string, number[]>()
  /** The numbers of the sources in which a statement has a speaker. */
  private readonly sourcesOf = new Map<string, number[]>()
  /** What a source calls in full who is "the Board" elsewhere in it, by the source's id and the short name. */
  private readonly inFull = new Map<string, string>()

  /** `textOf` gives a source's text by its number. */
  constructor(sources: readonly StoredSource[], textOf: (source: number) => string) {
    const voices = new Map<string, Voice>()
    sources.forEach(({ id, outlet, statements }, number) => {
      const paper = termsOnce(outlet ?? '')
      if (outlet) voices.set(`\n${outlet}`, { name: outlet, speaker: outlet, isPerson: false, own: new Set(), outlet: paper })
      for (const { speaker, role } of statements) {
        const numbers = this.sourcesOf.get(speaker)
        const isFirst = numbers?.at(-1) !== number
        if (!numbers) this.sourcesOf.set(speaker, [number])
        else if (isFirst) numbers.push(number)
        if (isFirst && mayBeShort(speaker)) {
          const found = fullName(textOf(number), speaker)
          if (found) this.inFull.set(`${id}\n${speaker}`, found)
        }
        const full = this.inFull.get(`${id}\n${speaker}`)
        const key = `${speaker}\n${role}\n${outlet}${full ? `\n${id}` : ''}`
        if (voices.has(key)) continue
        voices.set(key, {
          name: full ?? speaker,
          speaker,
          isPerson: personNames(speaker)[0] === speaker,
          own: termsOnce(calledBy(full ?? speaker, role)),
          outlet: paper,
        })
      }
    })
    this.voices = [...voices.values()]
    this.voices.forEach((voice, i) => {
      for (const term of voice.own) this.addTo(term, i)
      for (const term of voice.outlet) if (!voice.own.has(term)) this.addTo(term, i)
    })
  }

  private addTo(term: string, voice: number): void {
    const at = this.byTerm.get(term)
    if (at) at.push(voice)
    else this.byTerm.set(term, [voice])
  }

  /** Those that all of these terms are of, by themselves or by their outlet; none for no terms. */
  called(needed: string[]): Voice[] {
    const [rarest, ...others] = needed.map((term) => this.byTerm.get(term) ?? []).sort((a, b) => a.length - b.length)
    if (!rarest) return []
    const rest = others.map((list) => new Set(list))
    return rarest.filter((i) => rest.every((list) => list.has(i))).map((i) => this.voices[i] as Voice)
  }

  /** The numbers of the sources in which somebody speaks whom these terms are of, in order: of many documents the only ones that need to be looked through. */
  sourcesSpeaking(needed: string[]): number[] {
    const names = new Set(this.called(needed).flatMap(({ name, speaker }) => [name, speaker]))
    return [...new Set([...names].flatMap((name) => this.sourcesOf.get(name) ?? []))].sort((a, b) => a - b)
  }

  /** A speaker as the source names it in full. */
  nameInFull({ id }: Pick<Source, 'id'>, speaker: string): string {
    return this.inFull.get(`${id}\n${speaker}`) ?? speaker
  }
}
