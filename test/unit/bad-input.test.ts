import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../../answer/answer.ts'
import { ask } from '../../answer/ask.ts'
import { checkSpans } from '../../index/check.ts'
import type { Generation } from '../../index/generation.ts'
import { buildIndex, documents, embedder } from '../fixtures.ts'
import { NEWS } from '../languages.ts'

const COST = 'What did the harbour trench cost?'
const NOWHERE = 'Which vitamin prevents scurvy?'
const TRENCH = 'The harbour trench cost 4.2 million pounds.'

/** Every quote is the words of its source, begins and ends where sentences do, and has at most 400 characters unless it is one sentence. */
function expectWhole(generation: Generation, { citations }: Answer): void {
  for (const { quote, start, end, source } of citations) {
    const number = generation.numberOf(source.id) as number
    expect(quote).toBe(generation.text(number).slice(start, end))
    const stored = generation.sources[number] as { firstPassage: number; passages: number }
    const sentences = Array.from({ length: stored.passages }, (_, i) => generation.passage(stored.firstPassage + i).sentences).flat()
    expect(sentences.map((s) => s.start)).toContain(start)
    expect(sentences.map((s) => s.end)).toContain(end)
    if (quote.length > 400) expect(sentences).toContainEqual({ start, end })
  }
}

const asked = async (generation: Generation, question: string) => {
  const answer = await ask(generation, await embedder(), question)
  expectWhole(generation, answer)
  return answer
}

/** A document, what its first quote for COST holds (null: nothing there answers), and facts about it. */
const DOCUMENTS: [string, string, string, string | null, object][] = [
  ['no date', 'a.txt', TRENCH, TRENCH, { publishedFrom: 'file' }],
  [
    'days that are none',
    'a.md',
    `---\ndate: 2025-02-31\n---\nHALDERSEA, Feb. 31, 2025 (The Lantern) -- ${TRENCH} Ferrand said on 31 February 2025 that he would pay.`,
    TRENCH,
    { publishedFrom: 'file', outlet: 'The Lantern' },
  ],
  [
    'a year of five figures',
    'a.txt',
    `Date: 12 March 20255\n\n${TRENCH} Marchetti said on 12 March 20255 that it was too much.`,
    TRENCH,
    { publishedFrom: 'file' },
  ],
  [
    'two datelines',
    'a.txt',
    `HALDERSEA, March 3, 2025 (The Lantern) -- ${TRENCH}\n\nTOLGARTH, June 5, 2025 (Radio Stoke) -- The trench was filled again.`,
    TRENCH,
    { published: '2025-03-03', outlet: 'The Lantern' },
  ],
  ['no paragraphs', 'a.txt', `Thirty-one boats fish from the Pool. ${TRENCH} The bar shut it again. `.repeat(60), TRENCH, {}],
  ['a sentence without an end', 'a.txt', `${'The bar shut the harbour and '.repeat(600)} ${TRENCH}`, TRENCH, {}],
  ['a word without an end', 'a.txt', `${'x'.repeat(50_000)} ${TRENCH}`, TRENCH, {}],
  [
    'a table',
    'a.md',
    '| Work | Cost | Paid by |\n|---|---:|---|\n| Harbour trench | £4.2 million | Ferrand |\n| Quay | £1.1 million | Council |\n',
    '£4.2 million',
    {},
  ],
  ['a table of tabs', 'a.txt', 'Work\tCost\tPaid by\nHarbour trench\t£4.2 million\tFerrand\nQuay\t£1.1 million\tCouncil\n', '£4.2 million', {}],
  [
    'lists in lists',
    'a.md',
    'Costs:\n\n- Harbour trench: 4.2 million pounds\n- Quay: 1.1 million\n  - paid by the council\n    1. in May\n\n* * *\n',
    '4.2 million',
    {},
  ],
  ['capitals alone', 'a.txt', `${TRENCH} "We paid too much," said Marchetti. The council meets on Monday.`.toUpperCase(), TRENCH.toUpperCase(), {}],
  ['several languages', 'a.txt', `${NEWS.de}\n\n${NEWS.zh} ${TRENCH} ${NEWS.ru}\n\n${NEWS.ar}`, TRENCH, {}],
  ['text from right to left', 'a.txt', `${NEWS.ar}\n\n${NEWS.he}`, null, {}],
  ['text without spaces', 'a.txt', `${NEWS.zh}\n\n${NEWS.ja}\n\n${NEWS.th}`, null, {}],
  ['curly quotes in quotes', 'a.txt', `“${TRENCH} Or so ‘they said “it was four”’,” Marchetti said. “It’s too much.”`, TRENCH, {}],
  ['straight quotes in quotes', 'a.txt', `"${TRENCH} Or so 'they said "it was four"'," Marchetti said. "It's too much."`, TRENCH, {}],
  ['quotes that are never closed', 'a.txt', `Marchetti said: “${TRENCH} Nobody told us.\n\nFerrand said: "The bar shut.\n\n„It rained. «And how.`, TRENCH, {}],
  ['a quote that is never closed', 'a.txt', `Marchetti said: “${'Nobody told us. The bar shut. '.repeat(300)} ${TRENCH}`, TRENCH, {}],
]

describe.each(DOCUMENTS)('a document with %s', (_, file, text, answer, facts) => {
  it('is indexed whole, and asked like any other', async () => {
    const generation = await buildIndex(await documents({ [file]: text }))
    expect(await checkSpans(generation)).toEqual([])
    expect(generation.sources[0]).toMatchObject(facts)
    const { status, citations } = await asked(generation, COST)
    expect(status).toBe(answer === null ? 'not-on-record' : 'answered')
    if (answer !== null) expect(citations[0]?.quote).toContain(answer)
    expect((await asked(generation, NOWHERE)).status).toBe('not-on-record')
  })
})

describe('a question', () => {
  let generation: Generation
  beforeAll(async () => {
    generation = await buildIndex(
      await documents({
        'trench.txt': `${TRENCH} Ferrand paid for it. It was dug in May 2025.`,
        'pool.txt': 'Thirty-one boats fish from the Pool. The bar shuts it at low water.',
        'meadow.txt': 'Stoke grazes forty sheep on the meadow above the quay.',
      }),
    )
  })

  it.each([
    ['with a slip of the pen', 'What did the habour trench cost?'],
    ['without a question word', 'harbour trench cost'],
    ['without spaces around its marks', 'harbour,trench;cost??!'],
    ['all in capitals', COST.toUpperCase()],
    ['all in small letters', COST.toLowerCase()],
    ['with a capital for each word', 'What Did The Harbour Trench Cost'],
    ['of several in one', 'What did the harbour trench cost, who paid for it, and when was it dug?'],
    ['said twenty times', `${COST} `.repeat(20)],
    ['among blanks', ` \n\t ${COST}\u00a0\u3000`],
    ['with an emoji', `🦀 ${COST} 🦀`],
    ['turned by marks of direction', `\u202e${COST}\u202c`],
    ['with a byte of nothing in it', `${COST}\0`],
    ['of 1,000 characters', COST.padEnd(1000, ' harbour trench cost')],
  ])('%s is answered', async (_, question) => {
    const { status, citations } = await asked(generation, question)
    expect([status, citations[0]?.quote]).toEqual(['answered', expect.stringContaining(TRENCH)])
  })

  it.each([
    ['nothing', ''],
    ['white space', ' \n\t\u3000'],
    ['marks', '?!… — “”'],
    ['one mark', '?'],
    ['function words', 'What is it that they would?'],
    ['function words in capitals', 'THE OF AND'],
    ['emoji', '🦀👩‍👩‍👧🇬🇧'],
    ['half a pair of surrogates', '\ud83e'],
    ['one letter 1,000 times', 'q'.repeat(1000)],
    ['1,000 emoji', '🦀'.repeat(1000)],
    ['words of another script', 'متى أغلق الميناء؟'],
    ['words without spaces', '港口什么时候关闭？'],
    ['1,000 letters of them', '港'.repeat(1000)],
    ['marks of expressions', '(.*)+$ [^] \\p{L}{99} ((((((((('],
    ['markup', '<script>alert(1)</script>'],
  ])('of %s is not on record', async (_, question) => {
    expect((await asked(generation, question)).status).toBe('not-on-record')
  })
})

it('a question of marks alone is not on record in texts that the model cannot read either', async () => {
  const generation = await buildIndex(await documents({ 'a.txt': `${NEWS.zh}\n\n${NEWS.th}\n\n${NEWS.ar}` }))
  for (const question of ['🦀🦀', '؟', '。。。']) expect((await asked(generation, question)).status).toBe('not-on-record')
})
