import type { Token } from './tokens.ts'

/** Past who is told: "the Harbour Gazette", "reporters on Monday". */
export function skipAddressee(rest: Token[]): number {
  if (/^(?:me|us|him|her|them|you|it)$/.test(rest[0]?.lower ?? '')) return skipAdverbials(rest, 1)
  let at = 0
  while (at < rest.length) {
    const { text, lower } = rest[at] as Token
    // A second article begins what is told.
    if (at > 0 && /^(?:the|an?)$/.test(lower) && !/^(?:of|and)$/.test((rest[at - 1] as Token).lower)) break
    const belongs = /^\p{Lu}/u.test(text) || /^(?:the|an?|of|and|’s|'s|reporters|his|her|their)$/.test(lower) || (at > 0 && at < 4 && /s$/.test(lower))
    if (!belongs) break
    at++
  }
  return skipAdverbials(rest, at)
}

/** Past "on Thursday", "in a statement", "last week", "Wednesday". */
export function skipAdverbials(rest: Token[], from: number): number {
  let at = from
  for (let steps = 0; steps < 3; steps++) {
    const token = rest[at]
    if (!token) break
    if (
      /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/.test(token.lower) ||
      /^(?:yesterday|today|tonight|recently|earlier|later|again|bluntly|flatly|also)$/.test(token.lower)
    )
      at++
    else if (
      /^(?:last|this|late|early)$/.test(token.lower) &&
      /^(?:week|month|year|night|day|spring|summer|autumn|fall|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/.test(
        rest[at + 1]?.lower ?? '',
      )
    )
      at += 2
    else if (/^(?:on|in|at|during|through|via|from|of)$/.test(token.lower)) {
      let next = at + 1
      if (/^(?:the|a|an|his|her|their|its|this|last|an)$/.test(rest[next]?.lower ?? '')) next++
      const start = next
      while (
        next < rest.length &&
        next < start + 7 &&
        /^[\p{L}\p{N}’'.-]+$/u.test((rest[next] as Token).text) &&
        !/^(?:that|it|he|she|they|we|i|the|there|is|was|were|are|has|had|have|would|will|could|should)$/.test((rest[next] as Token).lower)
      )
        next++
      if (next === start) break
      at = next
    } else break
    while (rest[at]?.text === ',') at++
  }
  return at
}
