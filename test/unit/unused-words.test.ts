import { parseAst } from 'vite'
import { expect, it } from 'vitest'
import { withoutUnusedWords } from '../../client/widget/unused-words.ts'

const CATALOGUE = `const en = (locale) => ({ locale, dir: 'ltr', notOnRecord: (n) => n, ask: 'Ask', skip: 'Skip', 'stop': 'Stop', page: (n) => { return n },\n last: 'Last' })`
const script = (rest: string) => withoutUnusedWords(`${CATALOGUE}\n${rest}`, parseAst)

it('takes out the words that nothing else in the script names', () => {
  const code = script('show(words.locale, words.dir, words.notOnRecord, words.ask)')
  expect(code).toContain("ask: 'Ask'")
  expect(code).not.toMatch(/Skip|page|Last/)
  expect(() => parseAst(code)).not.toThrow()
})

it('keeps what is named in any way, and what has no plain name', () => {
  expect(script("show(words[kind === 'skip' ? kind : 'page'])")).toMatch(/Skip[\s\S]*Stop[\s\S]*page/)
})

it('leaves other objects alone', () => {
  expect(withoutUnusedWords("const x = { skip: 'Skip' }", parseAst)).toBe("const x = { skip: 'Skip' }")
})
