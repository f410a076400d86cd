import { expect, it } from 'vitest'
import { list } from '../../index/documents.ts'
import { readSidecar } from '../../index/sidecar.ts'
import { documents, failureOf } from '../fixtures.ts'

const read = async (yaml: string) => readSidecar(await documents({ 'sources.yaml': yaml }))

it('gives each file its own facts, and those of all to the others', async () => {
  const facts = await read(`
outlet: The Lantern
author: Desk
url: https://example.org/a/{path}
files:
  b/one file.txt:
    title: One
    author: Two
    published: 2025-06-24
    url: https://example.org/own
`)
  expect(facts('b/one file.txt')).toEqual({ title: 'One', outlet: 'The Lantern', author: 'Two', published: '2025-06-24', url: 'https://example.org/own' })
  expect(facts('c/é #1.md')).toEqual({ outlet: 'The Lantern', author: 'Desk', url: 'https://example.org/a/c/%C3%A9%20%231.md' })
})

it('takes a year for a date and a number for a title', async () => {
  expect((await read('files: { a.txt: { published: 2025, title: 1984 } }'))('a.txt')).toEqual({ published: '2025', title: '1984' })
})

it('gives no address that is not of the web', async () => {
  expect((await read('url: "javascript:alert(1)//{path}"'))('a.txt')).toEqual({})
})

it.each(['constructor', '__proto__', 'toString'])('gives no facts to a file that is called %s', async (path) => {
  expect((await read('files: { a.txt: { title: A } }'))(path)).toEqual({})
})

it.each([
  ['missing', null],
  ['empty', ''],
  ['only a comment', '# nothing yet\n'],
])('gives no facts when it is %s', async (_, yaml) => {
  const facts = await readSidecar(await documents(yaml === null ? {} : { 'sources.yaml': yaml }))
  expect(facts('a.txt')).toEqual({})
})

it.each([
  ['broken YAML', 'files: [', /./],
  ['a list', '- a', /not a mapping/],
  ['an unknown key', 'outlets: The Lantern', /outlets/],
  ['an unknown fact', 'files: { a.txt: { publisher: X } }', /publisher/],
  ['a fact that is a list', 'files: { a.txt: { title: [A] } }', /files\.a\.txt\.title/],
  ['aliases', 'outlet: &o A\nauthor: *o', /aliases/],
])('is refused with %s, by the name of the file', async (_, yaml, what) => {
  const error = await failureOf(() => read(yaml))
  expect(error.code).toBe('SIDECAR_INVALID')
  expect(error.what).toMatch(what)
  expect(error.what).toContain('sources.yaml')
})

it('says how the fields of records are called, by the names of their files; the first that fits counts', async () => {
  const facts = await read('records: { "wire/*.jsonl": { text: body }, "*.jsonl": { text: story.text, id: key } }')
  expect(['wire/a.jsonl', 'b.jsonl', 'x/c.jsonl', 'd.txt'].map((path) => facts(path).fields)).toEqual([
    { text: 'body' },
    { text: 'story.text', id: 'key' },
    { text: 'story.text', id: 'key' },
    undefined,
  ])
})

it.each([
  ['a field of records that does not exist', 'records: { "*.jsonl": { body: text } }', /body/],
  ['no language that is known', 'language: { de: 1 }', /language/],
])('is refused with %s', async (_, yaml, what) => {
  expect((await failureOf(() => read(yaml))).what).toMatch(what)
})

/** What is said of each document of a folder, and what is reported. */
async function saidIn(files: Record<string, string>) {
  const { files: listed, skipped } = await list([await documents(files)])
  return { said: Object.fromEntries(listed.map(({ found, sidecar }) => [found.inFolder, sidecar(found.inFolder)])), skipped }
}

it('facts beside a document go before sources.yaml, fact by fact, and the file with its whole name before the other', async () => {
  const { said, skipped } = await saidIn({
    'sources.yaml': 'outlet: The Lantern\nauthor: Desk\nlanguage: en',
    'a/report.txt': 'x',
    'a/report.md': 'x',
    'a/other.txt': 'x',
    'a/report.meta.yaml': 'title: Report\nauthor: Odile Marchetti\nlanguage: de-AT',
    'a/report.md.meta.yaml': 'title: Report in Markdown\npublished: 2025-03',
  })
  const outlet = 'The Lantern'
  expect(said).toEqual({
    'a/report.txt': { title: 'Report', author: 'Odile Marchetti', outlet, language: 'de' },
    'a/report.md': { title: 'Report in Markdown', author: 'Odile Marchetti', published: '2025-03', outlet, language: 'de' },
    'a/other.txt': { author: 'Desk', outlet, language: 'en' },
  })
  expect(skipped).toEqual([])
})

it.each([
  ['broken YAML', 'title: ['],
  ['aliases', 'title: &t A\nauthor: *t'],
  ['an unknown fact', 'headline: A'],
  ['more than 100 kB', `# ${'x'.repeat(100_000)}\ntitle: A`],
])('a file of facts beside a document with %s is reported, and the document is indexed', async (_, yaml) => {
  const { said, skipped } = await saidIn({ 'a.txt': 'x', 'a.meta.yaml': yaml })
  expect(said).toEqual({ 'a.txt': {} })
  expect(skipped).toEqual([{ path: 'docs/a.meta.yaml', code: 'SIDECAR_INVALID', remedy: expect.stringContaining('docs/a.meta.yaml') }])
})
