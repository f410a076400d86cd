import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'

const read = (path: string) => readFileSync(join(packageRoot(), path), 'utf8')

/** What a file of the sources exports, by name. */
function exportedFrom(path: string): string[] {
  const code = read(path).replace(/\/\*[\s\S]*?\*\//g, '')
  const lists = Array.from(code.matchAll(/^export (?:type )?\{([^}]*)\}/gm), ([, names]) => names as string)
  const named = lists.flatMap((names) => names.split(',').map((name) => name.trim().replace(/^type /, '')))
  const declared = Array.from(code.matchAll(/^export (?:async )?(?:function|class|interface|type|const) (\w+)/gm), ([, name]) => name as string)
  return [...named, ...declared].filter(Boolean).sort()
}

/** What a page of the reference describes, by name. */
const describedIn = (path: string) => Array.from(read(path).matchAll(/^### (\w+)(?:\(\))?$/gm), ([, name]) => name as string).sort()

describe.each([
  ['onrecord', 'library/index.ts', 'docs/api/onrecord.md'],
  ['onrecord/client', 'client/sdk/client.ts', 'docs/api/onrecord/client.md'],
])('the reference of %s', (_, entry, page) => {
  it('describes what it exports and nothing else; when it does not: npm run docs:api', () => {
    expect(describedIn(page)).toEqual(exportedFrom(entry))
    expect(exportedFrom(entry).length).toBeGreaterThan(10)
  })

  it('names no place on the machine that it was made on', () => {
    expect(read(page)).not.toMatch(/Defined in|node_modules|file:\/\/|\/(?:home|work|Users|tmp)\//)
  })
})

describe.each(['README.md', 'docs/library.md'])('the examples that %s shows', (page) => {
  it('are the files that the tests run, word for word', () => {
    const shown = Array.from(read(page).matchAll(/\((?:\.\.\/)?examples\/library\/(\w+\.mjs)\)[^\n]*\n+```js\n([\s\S]*?)```/g), ([, name, code]) => ({
      name,
      code,
    }))
    for (const { name, code } of shown) expect(code).toBe(read(`examples/library/${name}`))
    if (page === 'docs/library.md') expect(shown.map(({ name }) => name)).toEqual(['ask.mjs', 'documents.mjs', 'retriever.mjs', 'client.mjs'])
  })
})
