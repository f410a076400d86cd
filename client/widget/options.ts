import type { AskRequest } from '../../server/contract.ts'
import { webUrl } from '../urls.ts'
import type { Words } from '../words/en.ts'
import { wordsIn } from '../words/languages.ts'

/** All of them but `lang`, which may also come from an element around this one. */
export const ATTRIBUTES = ['server', 'mode', 'theme', 'lang', 'heading', 'placeholder', 'suggestions', 'position', 'outlet', 'source'] as const

/** What the attributes say; anything that is none of an attribute's values counts as its default. */
export interface Options {
  /** Ends in a slash; null when there is none or it is no web address. */
  server: string | null
  mode: 'inline' | 'launcher'
  theme: 'light' | 'dark' | 'auto'
  /** Font and size are the site's: its size in pixels. */
  hostSize: number | null
  position: 'end' | 'start'
  heading: string
  placeholder: string
  suggestions: boolean
  filters: AskRequest['filters']
  words: Words
}

/** The site's own size of text is taken within these, in pixels. */
const SIZES = { least: 14, most: 20 }

/** `home` is where the script came from. */
export function optionsOf(element: HTMLElement, home: string | null): Options {
  const value = (name: string) => element.getAttribute(name)?.trim() || null
  const oneOf = <T extends string>(name: string, values: readonly [T, ...T[]]): T => values.find((known) => known === value(name)) ?? values[0]
  const words = wordsIn(languagesAround(element))
  const theme = oneOf('theme', ['auto', 'light', 'dark', 'host'])
  const [outlet, source] = [value('outlet'), value('source')]
  return {
    server: addressOf(value('server') ?? home),
    mode: oneOf('mode', ['inline', 'launcher']),
    theme: theme === 'host' ? themeAround(element) : theme,
    hostSize: theme === 'host' ? Math.min(Math.max(Number.parseFloat(getComputedStyle(element).fontSize), SIZES.least), SIZES.most) : null,
    position: oneOf('position', ['end', 'start']),
    heading: value('heading') ?? words.askRecord,
    placeholder: value('placeholder') ?? '',
    suggestions: oneOf('suggestions', ['on', 'off']) === 'on',
    filters: outlet || source ? { ...(outlet && { outlet }), ...(source && { source }) } : undefined,
    words,
  }
}

function addressOf(server: string | null): string | null {
  if (server === null || !URL.canParse(server, document.baseURI)) return null
  const url = new URL(server, document.baseURI)
  url.search = url.hash = ''
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return webUrl(url.href)
}

/** The page's language, and in it the reader's region where the page names none: "en" says nothing of how dates are written. */
function languagesAround(element: HTMLElement): string[] {
  const page = (element.closest<HTMLElement>('[lang]') ?? document.documentElement).lang
  const own = navigator.languages.filter((tag) => tag.startsWith(`${page}-`))
  return [...own, page, ...navigator.languages]
}

/** Where the text around is light, the page is dark. */
function themeAround(element: HTMLElement): 'light' | 'dark' | 'auto' {
  const [, r, g, b] = (/^rgba?\((\d+), (\d+), (\d+)/.exec(getComputedStyle(element).color) ?? []).map(Number)
  if (r === undefined || g === undefined || b === undefined) return 'auto'
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? 'dark' : 'light'
}
