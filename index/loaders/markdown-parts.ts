/** Characters after which a part ends at the next place where it can; the parser's time grows with the square of a list's length. */
const PART = 8000

/** A fence of a code block, an item of a list, a definition of a link: at the beginning of a line. */
const FENCE = /^ {0,3}(`{3,}|~{3,})/
const ITEM = /^(?:[-+*]|\d{1,9}[.)])[ \t]+\S/
const DEFINITION = /^ {0,3}\[([^\]\n]{1,200})\]:/
/** Where HTML whose text may hold empty lines begins and ends. */
const RAW = /<!--|-->|<!\[CDATA\[|\]\]>|<\?|\?>|<\/?(?:script|style|pre|textarea)\b/gi

/**
 * A Markdown document in parts that can be rendered one by one: a long one is divided where a paragraph or an item of a list begins at the
 * margin, outside of code and raw HTML. Each part is given the definitions of the links that it uses.
 */
export function partsOf(markdown: string): string[] {
  if (markdown.length <= PART) return [markdown]
  const definitions = new Map<string, string>()
  const parts: string[] = []
  let [start, at] = [0, 0]
  // What the line before was, and what is open: the mark of a fence, or the end of raw HTML.
  let before: 'blank' | 'item' | 'definition' | 'text' = 'blank'
  let fence: string | null = null
  let raw: string | null = null
  for (const line of markdown.split(/(?<=\n)|(?<=\r)(?!\n)/)) {
    const kind = kindOf(line)
    const free = fence === null && raw === null
    if (free && at - start >= PART && /^\S/.test(line) && (before === 'blank' || (before === kind && kind !== 'text'))) {
      parts.push(markdown.slice(start, at))
      start = at
    }
    at += line.length
    const mark = raw === null ? FENCE.exec(line)?.[1] : undefined
    if (fence !== null) fence = mark?.startsWith(fence) && line.trim() === mark ? null : fence
    else if (mark !== undefined) fence = mark
    else raw = rawAfter(line, raw)
    const name = free ? DEFINITION.exec(line)?.[1] : undefined
    if (name !== undefined && !definitions.has(folded(name))) definitions.set(folded(name), line.trim())
    // Lines below an item, or wrapped in a definition, belong to it.
    if (kind !== 'text' || /^\S/.test(line) || before === 'blank') before = kind
  }
  const whole = parts.map((part) => withDefinitions(part, definitions))
  // What is still open at the end would take them for its own.
  const last = markdown.slice(start)
  return [...whole, fence === null && raw === null ? withDefinitions(last, definitions) : last]
}

function kindOf(line: string): 'blank' | 'item' | 'definition' | 'text' {
  if (line.trim() === '') return 'blank'
  if (ITEM.test(line)) return 'item'
  return DEFINITION.test(line) ? 'definition' : 'text'
}

/** What ends the raw HTML that is open after a line; null when none is. */
function rawAfter(line: string, open: string | null): string | null {
  let end = open
  for (const [mark] of line.matchAll(RAW)) {
    const at = mark.toLowerCase()
    if (end === null) end = endOf(at)
    else if (at === end) end = null
  }
  return end
}

function endOf(beginning: string): string | null {
  if (/^<[a-z]/.test(beginning)) return `</${beginning.slice(1)}`
  return { '<!--': '-->', '<![cdata[': ']]>', '<?': '?>' }[beginning] ?? null
}

function withDefinitions(part: string, definitions: Map<string, string>): string {
  if (definitions.size === 0) return part
  const used = new Set(Array.from(part.matchAll(/\[([^[\]\n]{1,200})\]/g), ([, name = '']) => folded(name)))
  const lines = [...used].flatMap((name) => definitions.get(name) ?? [])
  return lines.length > 0 ? `${part}\n\n${lines.join('\n')}\n` : part
}

/** The name of a definition, as CommonMark compares them. */
function folded(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase()
}
