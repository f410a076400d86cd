import type { Chance } from './chance.ts'

/** Words that something, somewhere, takes for more than a word. */
const WORDS = [
  '',
  ' ',
  'boats',
  'How many boats fish from the Pool?',
  'And who said that?',
  '\u0000',
  '\ud800',
  'a\udc00b',
  '\ufeff',
  '\u202e\u2066',
  '\u200b',
  '🦀',
  'e\u0301\u0301\u0301',
  'ﷺ',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '%00',
  '%',
  '\r\nX-Injected: 1',
  '<script>alert(1)</script>',
  "' OR 1=1 --",
  '{{7*7}}',
  '(a+)+$',
  '2025-02-30',
  '9999-99-99',
  '-1',
  '1e309',
  'NaN',
]

const KEYS = [
  'question',
  'history',
  'citations',
  'filters',
  'limit',
  'prose',
  'source',
  'start',
  'end',
  'quote',
  'sha256',
  'after',
  'before',
  'speaker',
  'outlet',
  'helpful',
  'reason',
  'generation',
  'messages',
  'stream_options',
  'method',
  'params',
]
/** Of the Model Context Protocol. */
const METHODS = ['initialize', 'ping', 'tools/list', 'tools/call', 'resources/list', 'resources/read', 'completion/complete', 'notifications/cancelled']
const TOOLS = ['ask', 'search', 'get_source', 'verify', '__proto__', '']
const NUMBERS = [0, -0, -1, 0.5, 1, 5, 20, 21, 1e15, 2 ** 53, -(2 ** 31), 1e308, 5e-324]

export function text(chance: Chance): string {
  const word = () => chance.one(WORDS)
  const forms = [word, () => chance.some(8, word).join(' '), () => word().repeat(chance.below(300)), () => chance.bytes(chance.below(40)).toString('latin1')]
  return chance.one(forms)()
}

/** JSON of any shape. */
export function value(chance: Chance, depth = 0): unknown {
  const deeper = () => value(chance, depth + 1)
  const leaves = [() => text(chance), () => chance.one(NUMBERS), () => chance.one([true, false, null])]
  const branches = [() => chance.some(4, deeper), () => Object.fromEntries(chance.some(5, () => [chance.one([...KEYS, '__proto__', text(chance)]), deeper()]))]
  return chance.one(depth < 5 ? [...leaves, ...branches] : leaves)()
}

/** What a route takes, with any of it made wrong; as JSON. */
export function body(chance: Chance): string {
  const valid: Record<string, unknown>[] = [
    { question: 'How many boats fish from the Pool?' },
    {
      question: text(chance),
      history: [{ question: text(chance), citations: [{ source: text(chance), start: chance.one(NUMBERS), end: chance.one(NUMBERS) }] }],
    },
    { question: text(chance), filters: { [chance.one(KEYS)]: text(chance) }, limit: chance.one(NUMBERS) },
    { source: text(chance), start: chance.below(100), end: chance.below(200), quote: text(chance) },
    { question: text(chance), helpful: chance.below(2) === 0, reason: text(chance), citations: [{ source: text(chance), start: 0, end: 9 }], generation: 'x' },
    {
      messages: [{ role: chance.one(['user', 'system', text(chance)]), content: chance.one([text(chance), [{ type: 'text', text: text(chance) }]]) }],
      stream: true,
    },
    { jsonrpc: '2.0', id: chance.one(NUMBERS), method: chance.one(METHODS), params: { name: chance.one(TOOLS), uri: text(chance), arguments: value(chance) } },
  ]
  const given = chance.one(valid)
  if (chance.below(3) === 0) given[chance.one(KEYS)] = value(chance)
  if (chance.below(10) === 0) delete given[chance.one(Object.keys(given))]
  const forms = [
    () => JSON.stringify(given),
    () => JSON.stringify(given),
    () => JSON.stringify(value(chance)) ?? '',
    () => JSON.stringify(given).slice(0, chance.below(60)),
    () => '['.repeat(chance.below(20_000)),
    () => `{"question":"boats","question":${JSON.stringify(value(chance)) ?? 1}}`,
    () => `{"__proto__":{"question":"boats"},"constructor":{"prototype":{"x":1}}}`,
    () => JSON.stringify({ question: 'boats '.repeat(chance.below(20_000)) }),
  ]
  return chance.one(forms)()
}
