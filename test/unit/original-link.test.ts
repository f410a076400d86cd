import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { originalLink, textDirective } from '../../client/ui/original-link.ts'

const PAGE = 'https://example.org/a'
const HTML = { url: PAGE, mediaType: 'text/html' }

/** The link to a quote in a text: its first occurrence, or the one from `from` on. */
function link(text: string, quote: string, from = 0, source = HTML): string | null {
  const start = text.indexOf(quote, from)
  return originalLink(source, text, { start, end: start + quote.length })
}

describe('the link to the original', () => {
  it('names the words', () => {
    expect(link('It was said. The harbour will not move.', 'The harbour will not move.')).toBe(`${PAGE}#:~:text=The%20harbour%20will%20not%20move.`)
  })

  it('encodes what the syntax means otherwise', () => {
    expect(link('A well-known, if dear, R&D unit – 50% “off” #1', 'A well-known, if dear, R&D unit – 50% “off” #1')).toBe(
      `${PAGE}#:~:text=A%20well%2Dknown%2C%20if%20dear%2C%20R%26D%20unit%20%E2%80%93%2050%25%20%E2%80%9Coff%E2%80%9D%20%231`,
    )
  })

  it('names the first and last words of a long quote, and of one over several lines', () => {
    const long = Array.from({ length: 90 }, (_, n) => `word${n}`).join(' ')
    expect(textDirective(long, { start: 0, end: long.length })).toBe('text=word0%20word1%20word2%20word3,word86%20word87%20word88%20word89')
    const lines = 'The first line is here.\n\nThe last one is there.'
    expect(textDirective(lines, { start: 0, end: lines.length })).toBe('text=The%20first%20line%20is,last%20one%20is%20there.')
    expect(textDirective('Yes.\nNo.', { start: 0, end: 8 })).toContain('text=Yes,No.')
  })

  it('takes as many words as tell the start and the end from the same words elsewhere', () => {
    const filler = 'and so on it went for a long time '.repeat(9)
    const quote = `We will not move from the old harbour. ${filler} We will not move from here, and we will not move from here ever.`
    const text = `We will not move from the new one. ${quote}`
    expect(link(text, quote)).toBe(`${PAGE}#:~:text=We%20will%20not%20move%20from%20the%20old%20harbour,and%20we%20will%20not%20move%20from%20here%20ever.`)
  })

  it('names the words around when the same ones stand elsewhere, or when they are few', () => {
    const text = 'Asked in May, she said: “We will not move at all.” Asked in June, he said: “We will not move at all.” They left.'
    const quote = '“We will not move at all.”'
    expect(link(text, quote)).toBe(
      `${PAGE}#:~:text=in%20May%2C%20she%20said%3A-,%E2%80%9CWe%20will%20not%20move%20at%20all.%E2%80%9D,-Asked%20in%20June%2C%20he`,
    )
    expect(link(text, quote, 60)).toBe(`${PAGE}#:~:text=in%20June%2C%20he%20said%3A-,%E2%80%9CWe%20will%20not%20move%20at%20all.%E2%80%9D,-They%20left`)
    expect(link('Will it?\n\nNo.\n\nWhy not?', 'No.')).toBe(`${PAGE}#:~:text=Will%20it%3F-,No.,-Why%20not`)
  })

  it('keeps a fragment of the address, and drops an older directive', () => {
    const words = ':~:text=Six%20boats%20fish%20here.'
    expect(link('Six boats fish here.', 'Six boats fish here.', 0, { ...HTML, url: `${PAGE}?b=1#part` })).toBe(`${PAGE}?b=1#part${words}`)
    expect(link('Six boats fish here.', 'Six boats fish here.', 0, { ...HTML, url: `${PAGE}#:~:text=old` })).toBe(`${PAGE}#${words}`)
  })

  it('leads to the page of a PDF', () => {
    const pdf = { url: `${PAGE}.pdf#x`, mediaType: 'application/pdf' }
    expect(originalLink(pdf, 'Six boats.', { start: 0, end: 3 }, { page: 12, time: null })).toBe(`${PAGE}.pdf#page=12`)
    expect(originalLink(pdf, 'Six boats.', { start: 0, end: 3 })).toBe(`${PAGE}.pdf#x`)
  })

  it('leads to the second of a recording, at its very beginning too', () => {
    const at = (time: number) => originalLink({ url: `${PAGE}?v=1#x`, mediaType: 'text/vtt' }, 'Six boats.', { start: 0, end: 3 }, { page: null, time })
    expect(at(185.9)).toBe(`${PAGE}?v=1#t=185`)
    expect(at(0)).toBe(`${PAGE}?v=1#t=0`)
  })

  it('names words, and no page, where the original is no PDF', () => {
    expect(originalLink(HTML, 'Six boats fish here.', { start: 0, end: 20 }, { page: 12, time: null })).toBe(`${PAGE}#:~:text=Six%20boats%20fish%20here.`)
  })

  it('is none where there is no web address, and a plain one where there are no words', () => {
    expect(originalLink({ ...HTML, url: null }, 'a', { start: 0, end: 1 })).toBe(null)
    expect(originalLink({ ...HTML, url: 'javascript:alert(1)' }, 'a', { start: 0, end: 1 })).toBe(null)
    expect(originalLink(HTML, '…', { start: 0, end: 1 })).toBe(PAGE)
    expect(originalLink(HTML, 'a', null)).toBe(PAGE)
  })

  it('divides words also where no spaces stand between them', () => {
    const text = '港は動かない。'.repeat(60)
    const directive = textDirective(text, { start: 0, end: text.length }) as string
    expect(directive.split(',').length).toBeGreaterThanOrEqual(2)
    expect(decodeURIComponent(directive).length).toBeLessThan(100)
  })

  it('is an address for any text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '-', ',', '&', '.', '“', '\ud800', '\udc00', '港'), minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(text, fc.nat(60), fc.nat(60), (text, a, b) => {
        const span = { start: Math.min(a, b, text.length), end: Math.min(Math.max(a, b), text.length) }
        const address = originalLink(HTML, text, span) as string
        expect(new URL(address).href).toBe(address)
        const [, directive] = address.split(':~:text=')
        if (directive) expect(directive).toMatch(/^([^,&-]+-,)?[^,&-]+(,[^,&-]+)?(,-[^,&-]+)?$/)
      }),
    )
  })
})
