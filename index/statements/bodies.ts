/** A run of capitalised words, "of" and "and" between them: the full name of a body, as far as its form tells. */
const RUN = /\p{Lu}[\p{L}’'&-]{0,30}(?: (?:(?:of|for|and|the) ){0,2}\p{Lu}[\p{L}’'&-]{0,30}){1,7}/gu
const OPENERS = /^(?:The|A|An|At|In|On|For|By|From|But|And|When|While|If|As|Mr|Mrs|Ms|Dr)\s+/u

/** What a body may be called by the last word of its name. */
const BODY =
  /^(?:academy|agency|alliance|association|authority|board|bureau|centre|center|chamber|club|coalition|college|commission|committee|company|confederation|cooperative|corporation|council|department|directorate|embassy|federation|foundation|guild|group|institute|ministry|office|partnership|party|police|service|society|trust|union|university)$/i

/** The bodies that a text names in full: "the Board" is the Estrey Seabed Board that was named before it. */
export class Bodies {
  private readonly byLastWord = new Map<string, { at: number; name: string }[]>()

  constructor(text: string) {
    for (const { index, 0: run } of text.matchAll(RUN)) {
      const name = run.replace(OPENERS, '')
      const words = name.split(' ')
      const last = (words.at(-1) as string).toLowerCase()
      if (words.length < 2 || !BODY.test(last)) continue
      const known = this.byLastWord.get(last) ?? []
      if (known.length < 200) this.byLastWord.set(last, [...known, { at: index, name }])
    }
  }

  /** The full name, before an offset, of a body that is called by the last word of it. */
  named(word: string, before: number): string | null {
    return this.byLastWord.get(word.toLowerCase())?.findLast((body) => body.at < before)?.name ?? null
  }
}
