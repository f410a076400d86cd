export interface Choice {
  mode: 'launcher' | 'inline'
  theme: 'auto' | 'light' | 'dark' | 'host'
  /** Null: the widget's own. */
  accent: string | null
  /** Empty: the page's. */
  lang: string
  position: 'end' | 'start'
}

/** What is not the default of the element. */
export function attributesOf({ mode, theme, lang, position }: Choice): Record<string, string> {
  return {
    ...(theme !== 'auto' && { theme }),
    ...(lang && { lang }),
    ...(mode === 'launcher' && position !== 'end' && { position }),
  }
}

/** The HTML that gives a site this widget. */
export function snippetOf(choice: Choice, script: string): string {
  const attributes = (prefix: string) =>
    Object.entries(attributesOf(choice))
      .map(([name, value]) => ` ${prefix}${name}="${value}"`)
      .join('')
  const lines =
    choice.mode === 'launcher'
      ? [`<script src="${script}"${attributes('data-')} defer></script>`]
      : [`<script src="${script}" data-mode="none" defer></script>`, `<on-record${attributes('')}></on-record>`]
  if (choice.accent) lines.unshift(`<style>on-record { --on-record-accent: ${choice.accent} }</style>`)
  return lines.join('\n')
}
