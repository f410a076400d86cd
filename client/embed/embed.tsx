import { h } from 'preact'
import { useState } from 'preact/hooks'
import { CopyButton } from '../ui/copy-button.tsx'
import { useSetting } from '../ui/setting.ts'
import { SidePage } from '../ui/side-page.tsx'
import { SPOKEN } from '../words/languages.ts'
import { attributesOf, type Choice, snippetOf } from './snippet.ts'

/** What the colour field shows until one is chosen: the light theme's accent of ink.css. */
const OWN_ACCENT = '#86171b'

/** The widget as it would stand on a site, its options, and the HTML that gives it. */
export function Embed() {
  const { server, words } = useSetting()
  const own = words.embed
  const [choice, setChoice] = useState<Choice>({ mode: 'inline', theme: 'auto', accent: null, lang: '', position: 'end' })
  const change = (changed: Partial<Choice>) => setChoice({ ...choice, ...changed })
  const snippet = snippetOf(choice, server.url('widget.js'))
  return (
    <SidePage>
      <main class="embed">
        <section class="choose" aria-labelledby="title">
          <h2 id="title">{own.title}</h2>
          <p class="tagline">{own.intro}</p>
          <form aria-label={own.options}>
            <Select id="mode" label={own.mode} value={choice.mode} options={own.modes} onChange={(mode) => change({ mode })} />
            <Select id="theme" label={own.theme} value={choice.theme} options={own.themes} onChange={(theme) => change({ theme })} />
            <Select
              id="language"
              label={own.language}
              value={choice.lang}
              options={{ '': own.ofThePage, ...languages() }}
              onChange={(lang) => change({ lang })}
            />
            {choice.mode === 'launcher' && (
              <Select id="position" label={own.position} value={choice.position} options={own.positions} onChange={(position) => change({ position })} />
            )}
            <div class="option">
              <label for="accent">{own.accent}</label>
              <span>
                <input id="accent" type="color" value={choice.accent ?? OWN_ACCENT} onInput={({ currentTarget }) => change({ accent: currentTarget.value })} />
                {choice.accent && (
                  <button type="button" class="action" onClick={() => change({ accent: null })}>
                    {own.accentReset}
                  </button>
                )}
              </span>
            </div>
          </form>
          <h3>{own.snippet}</h3>
          <pre dir="ltr">
            <code>{snippet}</code>
          </pre>
          <CopyButton label={own.copy} text={() => snippet} />
          <p class="note">
            {own.origins} <code dir="ltr">ONRECORD_ORIGINS=https://example.org</code>
          </p>
        </section>
        <section class="preview" aria-label={own.preview}>
          {choice.mode === 'launcher' && <p class="note">{own.inCorner}</p>}
          {h('on-record', {
            // A choice of the page's own language takes the attribute away again, and another colour its property.
            key: `${choice.lang} ${choice.accent}`,
            mode: choice.mode,
            ...attributesOf(choice),
            ...(choice.accent && { style: { '--on-record-accent': choice.accent } }),
          })}
        </section>
      </main>
    </SidePage>
  )
}

interface SelectProps<T extends string> {
  id: string
  label: string
  value: T
  options: Record<T, string>
  onChange: (value: T) => void
}

function Select<T extends string>({ id, label, value, options, onChange }: SelectProps<T>) {
  return (
    <div class="option">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value as T)}>
        {Object.entries<string>(options).map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Each in its own words. */
function languages(): Record<string, string> {
  return Object.fromEntries(SPOKEN.map((tag) => [tag, new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag]))
}
