import { expect, it } from 'vitest'
import { shadowCss } from '../../client/widget/shadow-css.ts'

it('what the page sets on itself is set on the root of the widget, and a site can set it otherwise', () => {
  expect(shadowCss(':root {\n  --paper: #fff;\n  --sans: system-ui, serif;\n}\nbody {\n  margin: 0;\n}')).toBe(
    '.root {\n  --paper: var(--on-record-paper, #fff);\n  --sans: var(--on-record-font, system-ui, serif);\n}\n.root {\n  margin: 0;\n}',
  )
})

it('the dark colours hold where the device is dark and nothing else is chosen, and where dark is chosen', () => {
  const css = shadowCss('@media (prefers-color-scheme: dark) {\n  :root {\n    --ink: #eee;\n  }\n}')
  const rules = "{ .root[data-theme='auto'] { --ink: var(--on-record-ink, #eee); } } .root[data-theme='dark'] { --ink: var(--on-record-ink, #eee); }"
  expect(css.replaceAll(/\s+/g, ' ')).toBe(`@media (prefers-color-scheme: dark) ${rules}`)
})

it.each([
  ['a { margin: -1.5rem .5rem }', 'a { margin: calc(-1.5 * var(--rem)) calc(.5 * var(--rem)) }'],
  ['a { font: 600 1.5rem / 1.25 var(--serif) }', 'a { font: 600 calc(1.5 * var(--rem)) / 1.25 var(--serif) }'],
  ['@container (min-width: 30rem) { a { gap: 1rem } }', '@container (min-width: 480px) { a { gap: var(--rem) } }'],
  ['a { width: var(--n1rem) }', 'a { width: var(--n1rem) }'],
])('no length depends on the root of the site: %s', (css, expected) => {
  expect(shadowCss(css)).toBe(expected)
})
