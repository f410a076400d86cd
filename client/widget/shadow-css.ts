/**
 * Turns the style sheets of the page into those of a shadow root, when the widget is built: what the page sets on itself is set on
 * .root, where each of its custom properties can be had from the site as --on-record-…; the dark colours can be chosen as well; and
 * lengths do not depend on the font size of the site's root.
 */
export function shadowCss(css: string): string {
  return css
    .replace(/@media \(prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}\s*\}/g, (_, dark: string) => {
      const tokens = fromSite(dark)
      return `@media (prefers-color-scheme: dark) { .root[data-theme='auto'] {${tokens}} }\n.root[data-theme='dark'] {${tokens}}`
    })
    .replace(/:root \{([^}]*)\}/g, (_, tokens: string) => `.root {${fromSite(tokens)}}`)
    .replace(/^(?:html|body) \{/gm, '.root {')
    .replace(/@(?:media|container)[^{]*\{/g, (condition) => condition.replace(REM, (_, n: string) => `${Number(n) * 16}px`))
    .replace(REM, (_, n: string) => (n === '1' ? 'var(--rem)' : `calc(${n} * var(--rem))`))
}

const REM = /(?<![\w-])(-?\d*\.?\d+)rem\b/g

/** What a site knows by another name than the page does. */
const NAMES: Record<string, string> = { sans: 'font', serif: 'quote-font', mono: 'code-font' }

function fromSite(declarations: string): string {
  return declarations.replace(/--([\w-]+): ([^;]+);/g, (_, name: string, value: string) => `--${name}: var(--on-record-${NAMES[name] ?? name}, ${value});`)
}
