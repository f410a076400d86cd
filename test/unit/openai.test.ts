import { describe, expect, it } from 'vitest'
import type { Answer, Citation } from '../../server/contract.ts'
import { askedIn, ChatRequest } from '../../server/openai/chat-request.ts'
import { paragraphsOf } from '../../server/openai/in-words.ts'

const user = (content: unknown) => ({ role: 'user', content })
const asked = (messages: unknown[]) => askedIn(ChatRequest.parse({ messages }))

describe('of a conversation', () => {
  it('the last ten questions before are its history, without what is no question', () => {
    const earlier = Array.from({ length: 12 }, (_, i) => user(`Question ${i}?`))
    const odd = [user(' '), user(null), user('b'.repeat(1001)), user([{ type: 'image_url' }])]
    const { question, history } = asked([...earlier, ...odd, { role: 'assistant', content: 'So.' }, user('And then?')])
    expect(question).toBe('And then?')
    expect(history).toEqual(earlier.slice(2).map(({ content }) => ({ question: content })))
  })

  it('parts of text are joined', () => {
    expect(
      asked([
        user([
          { type: 'text', text: 'How many boats' },
          { type: 'text', text: 'are there?' },
        ]),
      ]).question,
    ).toBe('How many boats\nare there?')
  })
})

describe('an answer as a message', () => {
  const source = { path: 'docs/a.md', title: 'The Pool', outlet: null, author: 'Ann Vale', published: '2025', publishedFrom: 'file' } as Citation['source']
  const citation = (quote: string) => ({ quote, source, statements: [] as Citation['statements'], link: 'http://x/source/a?start=0&end=9' }) as Citation
  const answer = (more: Partial<Answer>) =>
    ({
      question: 'q',
      status: 'answered',
      citations: [citation('It is deep.'), citation('“Very deep,” she said.')],
      missing: [],
      disagreements: [],
      ...more,
    }) as Answer

  it('has the quotes with their numbers, then whose they are', () => {
    expect(paragraphsOf(answer({}))).toEqual([
      '“It is deep.” [1]',
      '““Very deep,” she said.” [2]',
      'Sources:\n[1] The Pool, Ann Vale, file date 2025. http://x/source/a?start=0&end=9\n[2] The Pool, Ann Vale, file date 2025. http://x/source/a?start=0&end=9',
    ])
  })

  it('says what is missing before the quotes of a part, and instead of those that do not answer', () => {
    expect(paragraphsOf(answer({ status: 'partial', missing: ['1998'] })).slice(0, 2)).toEqual(['In part. Nothing matches: 1998.', '“It is deep.” [1]'])
    expect(paragraphsOf(answer({ status: 'not-on-record', missing: ['whales'] }))).toEqual(['Not on record. Nothing matches: whales.'])
  })

  it.each([
    ['It is deep.', '“It is deep.”'],
    ['“It is deep.”', '“It is deep.”'],
    ['"It is deep."', '"It is deep."'],
    ['“It is deep.', '“It is deep.”'],
    ['It is deep,” she said.', '“It is deep,” she said.”'],
    ['and very deep.”', '“and very deep.”'],
    ['She said: "It is deep."', '“She said: "It is deep."”'],
    ['“Deep,” she said, “very.”', '““Deep,” she said, “very.””'],
  ])('sets %s in quotation marks once', (quote, shown) => {
    expect(paragraphsOf(answer({ citations: [citation(quote)] }))[0]).toBe(`${shown} [1]`)
  })

  it('puts backslashes before what Markdown would load or follow, and nowhere else', () => {
    const [shown] = paragraphsOf(answer({ citations: [citation('a < b, [sic] (so) ![x](y) \\<b> \\\\<i> <!-- [1]: z')] }))
    expect(shown).toBe('“a < b, [sic] (so) !\\[x]\\(y) \\<b> \\\\\\<i> \\<!-- [1]\\: z” [1]')
  })

  it('leaves an address that a quote spells out as it is: it leads where it reads', () => {
    const [shown] = paragraphsOf(answer({ citations: [citation('See https://example.org/a_(b) and www.example.org.')] }))
    expect(shown).toBe('“See https://example.org/a_(b) and www.example.org.” [1]')
  })
})
