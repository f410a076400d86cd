import { ar } from './ar.ts'
import { de } from './de.ts'
import { en, type Words } from './en.ts'

/** The languages that page and widget speak; another one is one more file beside these, and its line here. */
const LANGUAGES: Record<string, (locale: string) => Words> = { en, de, ar }

export const SPOKEN: readonly string[] = Object.keys(LANGUAGES)

/** The words in the first of the wanted languages (BCP 47 tags) that there is; English when there is none. */
export function wordsIn(wanted: readonly string[]): Words {
  for (const tag of wanted) {
    const language = LANGUAGES[tag.split('-')[0]?.toLowerCase() ?? '']
    if (language && Intl.NumberFormat.supportedLocalesOf(lawful(tag)).length > 0) return language(tag)
  }
  return en('en-GB')
}

/** A tag that no locale could have ("en_US", "x") must not throw. */
function lawful(tag: string): string[] {
  try {
    return Intl.getCanonicalLocales(tag)
  } catch {
    return []
  }
}
