// What the server takes at most, whose values are not imported here (server/contract.ts).

/** Code points of a question. */
export const MAX_QUESTION = 1000
/** Characters of a filter's speaker, outlet or source. */
export const MAX_FILTER = 200
