import { describe, expect, it } from 'vitest'
import { linked, lookOf, styled } from '../../cli/look.ts'

const terminal = { isTTY: true, hasColors: () => true }

describe('colour', () => {
  it.each<[string, object, Record<string, string>, boolean]>([
    ['a terminal has it', terminal, {}, true],
    ['a file or a pipe has none', {}, {}, false],
    ['NO_COLOR takes it from a terminal', terminal, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR says nothing', terminal, { NO_COLOR: '' }, true],
    ['FORCE_COLOR gives it to a pipe', {}, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0 takes it from a terminal', terminal, { FORCE_COLOR: '0' }, false],
    ['FORCE_COLOR goes before NO_COLOR', terminal, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    ['a dumb terminal has none', terminal, { TERM: 'dumb' }, false],
    ['a terminal that says it has none has none', { isTTY: true, hasColors: () => false }, {}, false],
  ])('%s', (_what, stream, env, colour) => {
    expect(lookOf(stream, env).colour).toBe(colour)
  })
})

describe('links', () => {
  it.each<[string, object, Record<string, string>, boolean]>([
    ['a terminal that follows them has them', terminal, { TERM_PROGRAM: 'WezTerm' }, true],
    ['one of a new enough VTE', terminal, { VTE_VERSION: '7200' }, true],
    ['and not of an old one', terminal, { VTE_VERSION: '4600' }, false],
    ['a terminal that says nothing has none', terminal, { TERM: 'xterm-256color' }, false],
    ['a pipe has none', {}, { TERM_PROGRAM: 'WezTerm' }, false],
    ['FORCE_HYPERLINK gives them', {}, { FORCE_HYPERLINK: '1' }, true],
  ])('%s', (_what, stream, env, links) => {
    expect(lookOf(stream, env).links).toBe(links)
  })

  it('stand around their text, and nowhere without an address', () => {
    expect(linked('here', 'https://example.org/', { colour: false, links: true })).toBe('\u001b]8;;https://example.org/\u001b\\here\u001b]8;;\u001b\\')
    expect(linked('here', null, { colour: false, links: true })).toBe('here')
    expect(linked('here', 'https://example.org/', { colour: true, links: false })).toBe('here')
  })
})

it('a text of a document brings no control characters of its own, coloured or not', () => {
  const hostile = 'boats\u001b[2J\u0007\u009b31m\u202e'
  expect(styled('bold', hostile, { colour: false, links: false })).toBe('boats [2J  31m ')
  expect(styled('bold', hostile, { colour: true, links: true })).toBe('\u001b[1mboats [2J  31m \u001b[22m')
})
