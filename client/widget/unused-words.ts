/** As much of a syntax tree (ESTree) as is looked at here. */
interface Node {
  type: string
  start: number
  end: number
  [field: string]: unknown
}

/** By these the words of a language are known among all objects. */
const KNOWN_BY = ['locale', 'dir', 'notOnRecord']

/**
 * A script without those strings of the catalogues that nothing else in it names, when the widget is built: the page has many that
 * the widget never shows, in every language. A name that is read of any object elsewhere, or stands in quotation marks, is kept; none is
 * taken out of the words by destructuring.
 */
export function withoutUnusedWords(code: string, parse: (code: string) => unknown): string {
  const catalogues = objectsIn(parse(code)).filter((object) => KNOWN_BY.every((name) => propertiesOf(object).some((property) => nameOf(property) === name)))
  const elsewhere = cut(code, catalogues)
  const unused = catalogues
    .flatMap(propertiesOf)
    .filter((property) => nameOf(property) !== null && !new RegExp(`\\.${nameOf(property)}\\b|["'\`]${nameOf(property)}["'\`]`).test(elsewhere))
    .map(({ start, end }) => ({ start, end: code[end] === ',' ? end + 1 : end }))
  return cut(code, unused)
}

function objectsIn(tree: unknown): Node[] {
  if (Array.isArray(tree)) return tree.flatMap(objectsIn)
  if (typeof tree !== 'object' || tree === null) return []
  const below = Object.values(tree).flatMap(objectsIn)
  return (tree as Node).type === 'ObjectExpression' ? [tree as Node, ...below] : below
}

function propertiesOf(object: Node): Node[] {
  return object.properties as Node[]
}

function nameOf({ type, computed, key }: Node): string | null {
  return type === 'Property' && !computed && (key as Node).type === 'Identifier' ? ((key as Node).name as string) : null
}

/** The code without these stretches of it. */
function cut(code: string, stretches: { start: number; end: number }[]): string {
  let rest = ''
  let at = 0
  for (const { start, end } of [...stretches].sort((a, b) => a.start - b.start)) {
    rest += code.slice(at, start)
    at = end
  }
  return rest + code.slice(at)
}
