import { elementFrom } from './element.tsx'
import { ATTRIBUTES } from './options.ts'
import type { OnRecordElement, OnRecordMountOptions } from './types.d.ts'

declare const VERSION: string

const NAME = 'on-record'

// Only while the script runs; absent where it is imported as a module.
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null

// Loaded twice, the second does nothing.
if (!customElements.get(NAME)) {
  customElements.define(NAME, elementFrom(script ? new URL('.', script.src).href : null))
  Object.defineProperty(globalThis, 'OnRecord', { value: Object.freeze({ version: VERSION, mount }), configurable: true })
  if (script && script.dataset.mode !== 'none') fromScript(script)
}

/** The widget that the script's own tag asks for: at the end of the body, or, inline, where the tag stands. */
function fromScript(tag: HTMLScriptElement) {
  const { mode = 'launcher' } = tag.dataset
  const element = document.createElement(NAME)
  for (const name of ATTRIBUTES) {
    const value = name === 'mode' ? mode : tag.dataset[name]
    if (value !== undefined) element.setAttribute(name, value)
  }
  const put = () => (mode === 'inline' && document.body.contains(tag) ? tag.after(element) : document.body.append(element))
  if (document.body) put()
  else document.addEventListener('DOMContentLoaded', put, { once: true })
}

function mount({ target = document.body, ...attributes }: OnRecordMountOptions = {}): OnRecordElement {
  const parent = typeof target === 'string' ? document.querySelector(target) : target
  if (!parent) throw new TypeError(`On Record: there is nothing at ${target}.`)
  const element = document.createElement(NAME)
  element.setAttribute('mode', 'launcher')
  for (const name of ATTRIBUTES) {
    const value = attributes[name]
    if (value !== undefined) element.setAttribute(name, value)
  }
  parent.append(element)
  return element
}
