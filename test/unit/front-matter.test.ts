import { expect, it } from 'vitest'
import { frontMatter, mapping } from '../../index/loaders/front-matter.ts'

it.each([
  ['---\ntitle: T\ndate: 2025-03-11\n---\nBody', 'Body'],
  ['---\r\ntitle: T\r\ndate: 2025-03-11\r\n---\r\nBody', 'Body'],
  ['---\ntitle: T\ndate: 2025-03-11\n...\n\nBody', '\nBody'],
  ['--- \ntitle: T\ndate: 2025-03-11\n---', ''],
])('is split from the body: %j', (document, body) => {
  expect(frontMatter(document)).toEqual({ facts: { title: 'T', published: '2025-03-11' }, body })
})

it.each([
  ['another language', '---js\n{ title: globalThis.evaluated = "yes" }\n---\nBody'],
  ['a fence further down', 'Body\n---\ntitle: T\n---\n'],
  ['no closing fence', '---\ntitle: T\nBody'],
  ['a list', '---\n- title\n---\nBody'],
  ['a line of prose', '---\nA scene ends here\n---\nBody'],
  ['broken YAML', '---\ntitle: "T\n---\nBody'],
  ['nothing', '---\n---\nBody'],
  ['an alias', '---\ntitle: &t T\noutlet: *t\n---\nBody'],
  ['a longer rule', '-----\ntitle: T\n-----\nBody'],
])('%s between or instead of fences stays in the text', (_, document) => {
  expect(frontMatter(document)).toEqual({ facts: {}, body: document })
  expect('evaluated' in globalThis).toBe(false)
})

it('leaves a bomb of aliases as text, at once', () => {
  const lines = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`)
  const document = `---\na0: &a0 [lol]\n${lines.join('\n')}\n---\nBody`
  const start = performance.now()
  expect(frontMatter(document)).toEqual({ facts: {}, body: document })
  expect(performance.now() - start).toBeLessThan(2000)
})

it('evaluates no tag', () => {
  expect(mapping('title: !!js/function "function () { globalThis.evaluated = 1 }"')?.title).toBeTypeOf('string')
  expect('evaluated' in globalThis).toBe(false)
})

it('takes a key such as __proto__ for a key', () => {
  mapping('__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }')
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})
