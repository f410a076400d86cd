import { describe, expect, it } from 'vitest'
import { groupsOf, signatureOf } from '../../index/copies.ts'

/** Words of natural frequencies, the same ones for the same seed. */
function story(seed: number, words: number): string[] {
  let state = seed
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return Array.from({ length: words }, () => `word${Math.floor(Math.exp(random() * Math.log(5000)))}`)
}

const grouped = (...texts: string[]) => groupsOf(texts.map(signatureOf))

describe('near-copies are grouped', () => {
  const wire = story(1, 400)
  const edited = wire.map((word, i) => (i % 50 === 7 ? 'otherwise' : word))

  it.each<[string, string[]]>([
    ['with another headline', ['Another', 'headline', 'here', ...wire]],
    ['with a few words edited', edited],
    ['cut to two thirds at the end', wire.slice(0, 260)],
    ['cut, edited and with another headline', ['Other', 'words', ...edited.slice(0, 270)]],
    ['in capitals and other marks', wire.map((word) => `“${word.toUpperCase()}”`)],
  ])('%s', (_, copy) => {
    expect(grouped(story(2, 300).join(' '), wire.join(' '), copy.join(' '))).toEqual([null, 1, 1])
  })

  it('however short they are', () => {
    expect(grouped('It rained.', 'Closed', 'It rained.', 'It snowed.')).toEqual([0, null, 0, null])
  })

  it('by way of one between them', () => {
    const [first, second, third] = [wire.slice(0, 240), wire.slice(80, 320), wire.slice(160)]
    expect(grouped(first.join(' '), third.join(' '))).toEqual([null, null])
    expect(grouped(first.join(' '), third.join(' '), second.join(' '))).toEqual([0, 0, 0])
  })
})

it('stories that share their words, and a boilerplate, are not grouped', () => {
  const foot = story(99, 40)
  const texts = Array.from({ length: 40 }, (_, i) => [...story(i + 100, 300), ...foot].join(' '))
  expect(grouped(...texts)).toEqual(texts.map(() => null))
})

it('a text without words has no signature and no group', () => {
  expect(signatureOf('— … —')).toBe(null)
  expect(grouped('— … —', '— … —')).toEqual([null, null])
})

it('a signature is of one length, and the same for the same text', () => {
  const [short, long] = [signatureOf('It rained.'), signatureOf(story(3, 5000).join(' '))]
  expect(short).toHaveLength(168)
  expect(long).toHaveLength(168)
  expect(signatureOf('It rained.')).toBe(short)
})
