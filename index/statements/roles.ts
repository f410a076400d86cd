import { isRole } from '../names.ts'

export type Gender = 'm' | 'f' | null

export interface Person {
  name: string
  surname: string
  gender: Gender
  role: string | null
  /** Where the text names the person, by full name or surname. */
  at: number[]
}

const TITLE =
  /^(?:(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Sen|Senator|Rep|Representative|Gov|Governor|President|Vice|Prime|Minister|Mayor|Councillors?|Capt|Captain|Col|Gen|General|Justice|Judge|Chief|Secretary|Senate|House|Majority|Minority|Leader|Speaker|Republican|Democrat|Democratic|Conservative|Labour|Former|Attorney|Professor|Chairman|Chairwoman|Director|Officer|Sgt|Lt|Police|Detective|King|Queen|Prince|Princess|Pope|Rev|Reverend|Bishop|Father|Ambassador|Deputy|Executive|Senior|Congressman|Congresswoman|Commissioner|Editor|State|Chancellor|Foreign|Defence|Defense|Finance|Interior|First|Lady|Texas|Florida|Ohio|California|Vermont|Massachusetts|Kentucky|Wisconsin|Iowa|New|York|Jersey|South|North|Carolina|Secretary-General|Actress|Actor|Singer|Author|Billionaire|Businessman|Both|Many|Most|Some)\.? )+/u

/** A name without the titles before it: "Captain Nerys Tolgarth" is "Nerys Tolgarth". */
export function withoutTitle(name: string): string {
  const rest = name.replace(TITLE, '')
  return rest.includes(' ')
    ? rest
    : name.replace(/^(?:Mr|Mrs|Ms|Dr|Sir|Sen|Rep|Gov|Capt|Senator|Governor|President|Mayor|Councillors?|Justice|Professor)\.? /, '')
}

/** The words that introduce a person: before the name ("town engineer Sunil Ferrand") or after it ("Sunil Ferrand, the town engineer"). */
export function roleOf(text: string, { name, surname }: Person): string | null {
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

/** Words as a part of a pattern. */
export function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
