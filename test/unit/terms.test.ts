import { describe, expect, it } from 'vitest'
import { termOf, termsOf, wordsOf } from '../../index/terms.ts'

const words = (text: string) => wordsOf(text).map((w) => w.text)

describe('words', () => {
  it.each([
    ['The U.S. said 3.4 million.', ['The', 'U.S', 'said', '3.4', 'million']],
    ['£5,200,000 and 12,5', ['5,200,000', 'and', '12', '5']],
    ["the mayor's don’t", ['the', "mayor's", 'don’t']],
    ['half-cut (No. 5)', ['half', 'cut', 'No', '5']],
    ['港口关闭了', ['港口', '关闭', '了']],
    ['港は五月に閉鎖', ['港', 'は', '五月', 'に', '閉鎖']],
    ['ท่าเรือถูกปิดในเดือนพฤษภาคม', ['ท่าเรือ', 'ถูก', 'ปิด', 'ใน', 'เดือน', 'พฤษภาคม']],
    ['The bar (沙洲) closed the 港口.', ['The', 'bar', '沙洲', 'closed', 'the', '港口']],
    ['मई में बंदरगाह बंद हुआ', ['मई', 'में', 'बंदरगाह', 'बंद', 'हुआ']],
    ['re\u0301sume\u0301s', ['re\u0301sume\u0301s']],
    ['', []],
    ['--- “…” 🦀', []],
  ])('of %j', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it('stand at their offsets', () => {
    const text = 'Süd: “das Riff”, 港口'
    for (const word of wordsOf(text)) expect(text.slice(word.start, word.start + word.text.length)).toBe(word.text)
  })
})

describe('one term', () => {
  it.each([
    ['stands for all forms of a word', ['harbour', 'harbours', 'Harbour', "harbour's", 'harbour’s']],
    ['stands for a word with and without accents', ['café', 'cafe', 'CAFÉ']],
    ['stands for a number with and without commas', ['5,200,000', '5200000']],
    ['stands for an abbreviation with and without stops', ['U.S', 'US', 'u.s']],
    ['stands for an accent that is a letter of its own', ['résumé', 're\u0301sume\u0301']],
    ['stands for Arabic with and without points', ['مِينَاء', 'ميناء']],
    ['stands for wide letters', ['ABC', 'ＡＢＣ']],
  ])('%s', (_, forms) => {
    expect(new Set(forms.map(termOf)).size).toBe(1)
  })
})

it('keeps different words and numbers apart', () => {
  const different = ['harbour', 'master', '1.8', '18', '2025', '2024', 'café', 'cafés bar', '港口', 'и', 'かき', 'がき', 'ที่', 'ทา', 'हिन', 'हुन']
  expect(new Set(different.map(termOf)).size).toBe(different.length)
})

it('never gives an empty term', () => {
  expect(termsOf("'s . , ’ 7 '")).toEqual(['s', '7'])
})
