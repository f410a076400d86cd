import { describe, expect, it } from 'vitest'
import { languageOf } from '../../index/language.ts'
import { countLanguages, languageNotice } from '../../index/languages.ts'
import { NEWS } from '../languages.ts'

const news = (language: string) => NEWS[language] as string

it.each(Object.keys(NEWS))('a text in %s is known by its language', (language) => {
  expect(languageOf(news(language))).toBe(language)
  expect(languageOf(`${news(language)}\n\n`.repeat(20))).toBe(language)
})

it.each([
  ['in capitals', news('en').toUpperCase()],
  ['with figures and addresses', `${news('en')} 1,204 | 3.4 | 99 % https://example.org/x?y=1 `.repeat(3)],
  ['with names of another', `${news('en')} Señor Marchetti, Frau Tolgarth und die Gesellschaft Ferrand & Söhne. ${news('en')}`],
])('an English text %s is English', (_, text) => {
  expect(languageOf(text)).toBe('en')
})

it.each([
  ['nothing', ''],
  ['a line', 'Le port est fermé jusqu’à lundi.'],
  ['figures', '12 | 34.5 | 1,204\n'.repeat(200)],
  ['marks', '— … “ ” 🦀 '.repeat(300)],
  ['one letter', 'a '.repeat(20)],
])('the language of %s is undetermined', (_, text) => {
  expect(languageOf(text)).toBeNull()
})

it('the language of a text half in English is undetermined, and so it is whichever comes first', () => {
  for (const [first, second] of [
    ['en', 'de'],
    ['ru', 'en'],
  ] as const)
    for (const times of [2, 5, 50]) expect(languageOf(`${news(first).repeat(times)}\n\n${news(second).repeat(times)}`)).toBeNull()
})

it('a text of one language with a note in another has the one', () => {
  expect(languageOf(`${news('de').repeat(10)} ${news('en')}`)).toBe('de')
})

describe('the notice', () => {
  it.each([
    [['en', 'en', null], 3, null],
    [[], 0, null],
    [[null, null], 2, null],
    [['en', 'de'], 2, '1 of 2 documents is not in English (German 1): answers are measured for English only.'],
    [['fr', 'de', 'en', 'de', null], 5, '3 of 5 documents are not in English (German 2, French 1): answers are measured for English only.'],
  ])('for %j', (languages, documents, expected) => {
    expect(languageNotice(countLanguages(languages), documents)).toBe(expected)
  })
})
