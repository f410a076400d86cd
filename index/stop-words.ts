const STOP = new Set(
  `a about above after again against all also am an and any are as at be because been before being below between both but by can could
  did do does doing done down during each else ever few for from further get got had has have having he her here hers him his how i if in
  into is it its itself just let may me might more most much must my no nor not of off on once one only or other our ours out over own
  per please shall she should so some such say says said tell than that many the their theirs them then there these they this those through to too under until
  up upon us very was we were what whatever when where whether which while who whom whose why will with within would you your yours`.split(/\s+/),
)

/** Does a word carry no meaning of its own? */
export function isStop(word: string): boolean {
  // "US" is no "us".
  if (/^(?:US|(?:\p{Lu}\.)+\p{Lu}?)$/u.test(word)) return false
  return STOP.has(word.toLowerCase().replace(/['’](?:s|re|ll|d|ve|m|t)$/, ''))
}
