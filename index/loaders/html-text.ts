import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { SkipFile } from '../errors.ts'

export type Tree = DefaultTreeAdapterTypes.Node
export type Element = DefaultTreeAdapterTypes.Element

/** Never seen by a reader, or not part of what the document says. */
const UNSEEN = new Set('head script style template noscript nav svg math iframe object embed canvas audio video select button dialog input textarea'.split(' '))
/** Each stands on lines of its own, with an empty line around it. */
const BLOCKS = new Set(
  'address article aside blockquote body details dd div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr html main ol p pre section summary table tbody tfoot thead ul caption hgroup search'.split(
    ' ',
  ),
)
/** Each stands on a line of its own within its block. */
const LINES = new Set(['li', 'tr'])

/** The text of an HTML fragment as textOfTree reads it. */
export function textOfHtml(html: string): { text: string; heading: string | null } {
  return textOfTree(parseFragment(html))
}

/**
 * The text that a reader sees, in reading order: white space as a browser folds it, an empty line between blocks,
 * a line for each list item and table row, ` | ` between cells. Of a whole page it is the `main` or only `article`,
 * when there is one, without navigation and the page's footer.
 */
export function textOfTree(tree: Tree): { text: string; heading: string | null } {
  return unlessTooDeep(() => textOfPart(mainOf(tree)))
}

/** The same of all of a part of a document, whatever of it is `main` or an `article`, but for what is left out. */
export function textOfPart(root: Tree, leftOut: ReadonlySet<Tree> = NOTHING): { text: string; heading: string | null } {
  const writer = new TextWriter(leftOut)
  write(root, writer, false)
  const h1 = elements(root, 'h1').find((one) => !leftOut.has(one))
  const heading = h1 ? textOf(h1) : null
  return { text: writer.text(), heading: heading || null }
}

const NOTHING: ReadonlySet<Tree> = new Set()

/** Runs what calls itself for each level of a document. Throws SkipFile when a document has more levels than the stack. */
export function unlessTooDeep<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw error instanceof RangeError ? tooDeep() : error
  }
}

export function tooDeep(): SkipFile {
  return new SkipFile('TOO_DEEP', 'Its elements are nested too deeply to be read; flatten it.')
}

/** All elements of a name, in document order. */
export function elements(tree: Tree, name: string): Element[] {
  const found: Element[] = []
  const visit = (node: Tree) => {
    if ('tagName' in node && node.tagName === name) found.push(node)
    if ('childNodes' in node) for (const child of node.childNodes) visit(child)
  }
  visit(tree)
  return found
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((a) => a.name === name)?.value
}

/** The folded text of one element. */
export function textOf(element: Element, leftOut: ReadonlySet<Tree> = NOTHING): string {
  const writer = new TextWriter(leftOut)
  for (const child of element.childNodes) write(child, writer, false)
  return writer.text().replace(/\s+/g, ' ')
}

function mainOf(tree: Tree): Tree {
  const mains = elements(tree, 'main')
  if (mains.length === 1 && mains[0]) return mains[0]
  const articles = elements(tree, 'article')
  return articles.length === 1 && articles[0] ? articles[0] : tree
}

/** Is an element never seen by a reader, or no part of what the document says? */
export function isUnseen(element: Element): boolean {
  if (UNSEEN.has(element.tagName) || isMark(element)) return true
  // Old programs put the whole of a page into one form.
  if (element.tagName === 'form') return !['h1', 'main', 'article'].some((name) => elements(element, name).length > 0)
  if (attribute(element, 'hidden') !== undefined || attribute(element, 'aria-hidden') === 'true') return true
  return /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribute(element, 'style') ?? '')
}

/** Is it the only thing in a cell of a table? Word and LibreOffice put a paragraph into every cell; it is no block beside other cells. */
function fillsCell(node: Tree): boolean {
  const cell = 'parentNode' in node ? node.parentNode : null
  if (!cell || (cell.nodeName !== 'td' && cell.nodeName !== 'th') || (node.nodeName !== 'p' && node.nodeName !== 'div')) return false
  const blank = (other: Tree) => other === node || other.nodeName === '#comment' || ('value' in other && other.value.trim() === '')
  return cell.childNodes.every(blank)
}

/** The number of a note, or of a printed page, between the words of a document. */
function isMark(element: Element): boolean {
  const kinds = `${attribute(element, 'epub:type') ?? ''} ${attribute(element, 'role') ?? ''}`
  return /(?:^|[\s-])(?:noteref|pagebreak)(?:\s|$)/.test(kinds) || leadsToNote(element)
}

/** Is it a number that leads to another place of the page, and that is led back to? */
function leadsToNote(element: Element): boolean {
  if (element.tagName !== 'a' || !/^#./.test(attribute(element, 'href') ?? '')) return false
  if ((attribute(element, 'id') ?? attribute(element, 'name')) === undefined) return false
  return /^\[?(?:\d{1,4}|[*†‡§]{1,3}|[ivxl]{1,7})\]?$/i.test(elementText(element).trim())
}

function elementText(tree: Tree): string {
  if ('value' in tree) return tree.value
  return 'childNodes' in tree ? tree.childNodes.map(elementText).join('') : ''
}

function write(node: Tree, out: TextWriter, preformatted: boolean): void {
  if (node.nodeName === '#text' && 'value' in node) {
    if (preformatted) out.verbatim(node.value)
    else out.words(node.value)
    return
  }
  if (!('childNodes' in node)) return
  const name = 'tagName' in node ? node.tagName : null
  if (name !== null && 'attrs' in node) {
    if (isUnseen(node) || out.leftOut.has(node)) return
    if (name === 'br') return out.line()
  }
  const block = name !== null && BLOCKS.has(name) && !fillsCell(node)
  const line = name !== null && LINES.has(name)
  if (block) out.block()
  if (line) out.line()
  const cell = name === 'td' || name === 'th'
  if (cell) out.cell()
  for (const child of node.childNodes) write(child, out, preformatted || name === 'pre')
  if (line) out.line()
  if (block) out.block()
}

/** Joins words, lines and blocks; a separator is written only once something follows it. */
class TextWriter {
  private parts: string[] = []
  private pending = ''
  private started = false

  constructor(readonly leftOut: ReadonlySet<Tree>) {}

  words(value: string): void {
    // HTML folds these five characters; a no-break space is not among them.
    const folded = value.replace(/[ \t\n\f\r]+/g, ' ')
    if (folded === '') return
    // Programs put a no-break space into what is empty.
    if (folded === ' ' || (/^[ \u00a0]+$/.test(folded) && this.begins())) return this.separate(' ')
    if (folded.startsWith(' ')) this.separate(' ')
    this.put(folded.replace(/^ | $/g, ''))
    if (folded.endsWith(' ')) this.separate(' ')
  }

  verbatim(value: string): void {
    const text = value.replace(/\r\n?/g, '\n').trimEnd()
    if (text.trim() === '') return this.words(value)
    this.put(text)
    if (text.length < value.length) this.separate(value.slice(text.length).includes('\n') ? '\n' : ' ')
  }

  line(): void {
    this.separate('\n')
  }

  block(): void {
    this.separate('\n\n')
  }

  cell(): void {
    if (this.started && !this.pending.includes('\n')) this.pending = ' | '
  }

  text(): string {
    return this.parts.join('')
  }

  /** Does what comes begin a block, a line or a cell? */
  private begins(): boolean {
    return !this.started || this.pending === ' | ' || this.pending.includes('\n')
  }

  private separate(separator: string): void {
    // An empty cell leaves its bar behind; the end of its row takes its place.
    const bar = this.pending === ' | '
    if (!this.started || (bar ? separator === ' ' : this.pending.length > separator.length)) return
    if (this.pending === '\n' && separator === ' ') return
    this.pending = separator
  }

  private put(text: string): void {
    this.parts.push(this.pending, text)
    this.pending = ''
    this.started = true
  }
}
