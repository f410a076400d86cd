/** Raised whenever the statements of the same text would come out otherwise. It stands alone, so that opening an index loads no tagger. */
export const STATEMENTS_VERSION = 2
