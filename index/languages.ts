/** The language that quality is measured for (docs/retrieval.md). */
export const MEASURED = 'en'

let names: Intl.DisplayNames | undefined

/** The language of a tag such as `en-GB` or `zh_Hans`, as `languageOf` gives it; null for what is no tag, or of no language that is known. */
export function languageTag(value: unknown): string | null {
  if (typeof value !== 'string') return null
  try {
    const { language } = new Intl.Locale(value.trim().replaceAll('_', '-'))
    names ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
    return /^(?:und|mul|zxx|mis)$/.test(language) || names.of(language) === undefined ? null : language
  } catch {
    return null
  }
}

/** How many documents there are in each language; those whose language is undetermined do not count. */
export function countLanguages(languages: Iterable<string | null>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const language of languages) if (language !== null) counts[language] = (counts[language] ?? 0) + 1
  return counts
}

/** Says that quality is not measured for some of the documents; null when all that are known to be in a language are in English. */
export function languageNotice(languages: Record<string, number>, documents: number): string | null {
  const others = Object.entries(languages).filter(([language]) => language !== MEASURED)
  const count = others.reduce((sum, [, n]) => sum + n, 0)
  if (count === 0) return null
  const names = new Intl.DisplayNames('en', { type: 'language' })
  const list = others.sort((a, b) => b[1] - a[1]).map(([language, n]) => `${names.of(language)} ${n}`)
  return `${count} of ${documents} documents ${count === 1 ? 'is' : 'are'} not in English (${list.join(', ')}): answers are measured for English only.`
}
