import { expect, it } from 'vitest'
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
