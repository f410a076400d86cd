import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Citation } from '../../answer/cite.ts'
import { checked, type Fault } from '../../answer/prose/check.ts'
import { uniform } from '../../bench/seeded.ts'
import { lies } from '../adversary.ts'

interface Said {
  speaker?: string
  role?: string
  on?: string
  outlet?: string
  published?: string
  passage?: string
}

function citation(quote: string, { speaker, role = '', on = '', outlet = '', published = '', passage = quote }: Said = {}): Citation {
  const span = { start: 0, end: quote.length }
  const statement = {
    ...span,
    mention: null,
    speaker: speaker ?? '',
    role: role || null,
    speech: 'direct' as const,
    cue: 'said',
    saidOn: on || null,
    saidOnText: null,
  }
  return {
    quote,
    ...span,
    passage: { text: passage, ...span },
    source: {
      id: 'a',
      path: 'a.txt',
      title: 'Harbour questions, answered',
      outlet: outlet || null,
      author: null,
      published: published || null,
      publishedFrom: published ? 'text' : null,
      url: null,
      mediaType: 'text/plain',
      sha256: '0'.repeat(64),
    },
    statements: speaker ? [statement] : [],
    alsoIn: [],
    page: null,
    line: 1,
    time: null,
    link: '/source/a',
    score: 1,
  }
}

const KNOWN = [
  citation('“There are 31 boats working out of the Pool,” said Hesper Dunnock, who has fished since she was sixteen.', {
    speaker: 'Hesper Dunnock',
    on: '2025-05-09',
    outlet: 'The Haldersea Lantern',
    published: '2025-05-10',
    passage: '“There are 31 boats working out of the Pool,” said Hesper Dunnock. Amos Treddle agreed.',
  }),
  citation('The lowest of three tenders, opened last week, was £1.74 million, from Brandreth Marine of Orrin.', { published: '2025-11-27' }),
  citation('There was now 1.8 metres of water over the Nose at the lowest tides, he said; the scheme would make it 4.5.', {
    speaker: 'Sunil Ferrand',
    role: 'harbour engineer',
    on: '2025-03-11',
  }),
  citation(
    "Resolved, by four votes to two: that the engineer dig a trial trench between 30 June and 11 July, at a cost of not more than £95,000, and report in September. The bar had shut the harbour on 41 days, or 12 per cent of the year, in the harbour master's words ‘a disgrace to the town’.",
  ),
  citation(
    'Working boats in the Pool fell by half between 1998 and 2024/25; the council met for the second time at 8.50 p.m. under item A12, with 2,900 cubic metres of sand on a barge.',
  ),
]

/** Quotes with what other checks could be led astray by. */
const OTHERS = [
  citation('The residents rejected the harbour plan at the third meeting.', { speaker: 'Jane Smith', published: '2025-05-03' }),
  citation('A third of the residents, and two-thirds of the traders, rejected the harbour plan.', { speaker: 'Peter Jones', on: '2024-06-07' }),
  citation('“The sand will mark the end of us,” said J. R. Pask of the Orrin-Haldersea ferry, “and three quarters of the fleet.”', {
    speaker: 'Ada Pask-Lowe',
    published: '2025-05-03',
  }),
  citation('De haven is gesloten en twintig boten liggen in de haven.', { speaker: 'Mees de Wit' }),
]
KNOWN.push(...OTHERS)

const outcome = (text: string, ...citations: number[]): Fault | 'kept' => {
  const result = checked({ text, citations }, KNOWN)
  return typeof result === 'string' ? result : 'kept'
}

const HONEST: [string, ...number[]][] = [
  ['There are 31 boats working out of the Pool, Hesper Dunnock said.', 1],
  ['Hesper Dunnock said on 9 May 2025: “There are 31 boats working out of the Pool”.', 1],
  ["Dunnock's count is 31 boats, she told The Haldersea Lantern in May 2025.", 1],
  ['The Lantern of 10 May 2025 quotes Dunnock on the boats of the Pool.', 1],
  ['Thirty-one boats are working out of the Pool, according to Hesper Dunnock.', 1],
  ['Dunnock, who has fished since she was 16, says that 31 boats work out of the Pool.', 1],
  ['The lowest tender was £1.74 million.', 2],
  ['The lowest of the 3 tenders was 1.74 million pounds, from Brandreth Marine.', 2],
  ['The lowest tender was £1,740,000, from Brandreth Marine of Orrin.', 2],
  ['Harbour engineer Sunil Ferrand said that there was 1.8 metres of water over the Nose at the lowest tides.', 3],
  ['On 11 March 2025 Ferrand said the scheme would make the water over the Nose 4.5 at the lowest tides.', 3],
  ['In March Sunil Ferrand put the water over the Nose at 1.8 metres.', 3],
  ['The engineer was to dig a trial trench between June 30 and July 11, at a cost of not more than £95,000.', 4],
  ['By 4 votes to 2, the engineer was told to dig a trial trench and to report in September.', 4],
  ['The bar shut the harbour on 41 days, 12% of the year, which was called “a disgrace to the town”.', 4],
  ["It was 'a disgrace to the town' that the bar shut the harbour on 41 days.", 4],
  ["The harbour master's words for it were «a disgrace to the town».", 4],
  ["The harbour master's words for it were « a disgrace to the town ».", 4],
  ['Between 1998 and 2024/25 the working boats in the Pool fell by half.', 5],
  ['The council met a 2nd time, at 8.50 p.m., under item A12.', 5],
  ['There are 31 boats in the Pool, and the lowest tender was £1.74 million.', 1, 2],
  ['The boats that are working number 31. They work out of the Pool.', 1],
  ['The residents rejected the harbour plan in 2025, Jane Smith said.', 6],
  ['In 2025, residents rejected the harbour plan.', 6],
  ['In 2025 Jane Smith said that residents rejected the harbour plan.', 6],
  ['Residents rejected the harbour plan in 2025 at a meeting.', 6],
  ['Residents rejected harbour plan.', 6],
  ['The lowest tender, by Brandreth Marine of Orrin, was 1.74 million pounds in November 2025.', 2],
  ["Dunnock's count is 31 boats.", 1],
  ['Hesper Dunnock counts 31 boats.', 1],
  ['By 2025 the residents had rejected the harbour plan.', 6],
  ['On 3 May 2025 Jane Smith said that the residents rejected the harbour plan.', 6],
  ['The harbour plan was rejected by residents at the 3rd meeting.', 6],
  ['A third of the residents rejected the harbour plan, Peter Jones said on June 7, 2024.', 7],
  ['One third of residents and two thirds of the traders rejected the harbour plan.', 7],
  ['Residents and traders rejected the harbour plan, according to Smith and Jones.', 6, 7],
  ['J. R. Pask said that the sand would be the end of three-quarters of the fleet.', 8],
  ['The sand, said Ada Pask-Lowe, will be the end of the fleet.', 8],
  ['The Orrin–Haldersea ferry and J. R. Pask are on the record.', 8],
  ['Mees de Wit said that “De haven is gesloten en twintig boten liggen in de haven”.', 9],
  ['No one but Hesper Dunnock has said how many boats are working out of the Pool.', 1],
]

describe('what the quotes prove is kept:', () => {
  it.each(HONEST)('%s', (text, ...citations) => {
    expect(outcome(text, ...citations)).toBe('kept')
  })
})

describe('what they do not is dropped for what is wrong with it:', () => {
  it.each<[Fault, string, ...number[]]>([
    ['citation', 'There are 31 boats working out of the Pool.'],
    ['citation', 'There are 31 boats working out of the Pool.', 0],
    ['citation', 'There are 31 boats working out of the Pool.', 1, 99],
    ['number', 'There are 31 boats working out of the Pool.', 2],
    ['number', 'There are 32 boats working out of the Pool.', 1],
    ['number', 'There are three hundred and one boats working out of the Pool.', 1],
    ['number', 'The lowest tender was £1.74 billion.', 2],
    ['number', 'The lowest tender was £1.74.', 2],
    ['number', 'The lowest tender was $1.74 million.', 2],
    ['number', 'The lowest tender was 1.74 per cent.', 2],
    ['number', 'There was 1.8 feet of water over the Nose at the lowest tides.', 3],
    ['number', 'The scheme would make the water over the Nose 4.5 feet at the lowest tides.', 3],
    ['number', 'There was 8 metres of water over the Nose at the lowest tides.', 3],
    ['number', 'The trench was dug between 30 June and 12 July.', 4],
    ['number', 'The trench was dug on 30 June 2025 by the engineer.', 4],
    ['number', 'The engineer was to report in October.', 4],
    ['number', 'There were 30 days of votes on the trench.', 4],
    ['number', 'The council met for the third time at 8.50 p.m. on the boats.', 5],
    ['number', 'There were 12 working boats in the Pool.', 5],
    ['number', 'There were 900 cubic metres of sand on a barge.', 5],
    ['number', 'Dunnock said on 10 June 2025 that the boats work out of the Pool.', 1],
    ['number', 'Dozens of boats are working out of the Pool.', 1],
    ['quotation', 'Dunnock said: “1 boats working out of the Pool”.', 1],
    ['quotation', 'Dunnock said: “There are 31 boats working out of the pool”.', 1],
    ['quotation', 'Dunnock said: “There are 31 boats working out of the Pool.”', 1],
    ['quotation', 'Dunnock said: “There are  31 boats”.', 1],
    ['quotation', 'Dunnock said: ‘boats are working in the Pool’.', 1],
    ['quotation', "Dunnock said that the boats' crews 'are working out of the sea'.", 1],
    ['quotation', 'Dunnock said that the boats are "working out of the Pool.', 1],
    ['quotation', 'Dunnock said that the boats are “” working out of the Pool.', 1],
    ['name', 'Brandreth Marine said that there are 31 boats working out of the Pool.', 1],
    ['number', 'The lowest tender was five million €.', 1, 2],
    ['number', 'There was 31° of water.', 1],
    ['name', 'Treddle said that there are 31 boats working out of the Pool.', 1],
    ['name', 'Marla said that there are 31 boats working out of the Pool.', 1],
    ['name', 'Hesper Ferrand said that there are 31 boats working out of the Pool.', 1, 3],
    ['name', 'There are 31 boats working out of the Pool in Norway.', 1],
    ['markup', 'There are **31 boats** working out of the Pool.', 1],
    ['markup', 'There are 31 boats [1] working out of the Pool.', 1],
    ['markup', 'There are 31 boats, see lantern.example for the Pool.', 1],
    ['number', 'A third of the residents rejected the harbour plan.', 6],
    ['number', 'A full third of the residents rejected the harbour plan.', 6],
    ['number', 'One third of the residents rejected the harbour plan.', 6],
    ['number', 'A 3rd of the residents rejected the harbour plan.', 6],
    ['number', 'The harbour plan was rejected by two thirds of the residents.', 6, 4],
    ['number', 'The harbour plan was rejected by a quarter of the residents.', 8],
    ['number', 'The harbour plan was rejected by 2,025 residents.', 6],
    ['number', 'The harbour plan was rejected by 2025 residents.', 6],
    ['number', 'The harbour plan was rejected in 2025 homes.', 6],
    ['number', 'The harbour plan was rejected by 2025 in the harbour.', 6],
    ['number', 'The harbour plan was rejected by a total of 2025.', 6],
    ['number', 'The harbour plan was rejected by 2025 of the residents.', 6],
    ['number', 'It was the seventh meeting that rejected the plan of the residents.', 7],
    ['number', 'A pair of residents rejected the harbour plan.', 6],
    ['number', 'Scores of residents rejected the harbour plan.', 6],
    ['number', 'A gross of residents rejected the harbour plan.', 6],
    ['number', 'Tens of residents rejected the harbour plan.', 6],
    ['number', 'Zillions of residents rejected the harbour plan.', 6],
    ['number', 'A quadrillion of residents rejected the harbour plan.', 6],
    ['number', 'The harbour plan was rejected by sixtyfour residents.', 6],
    ['number', 'The harbour plan was rejected by eleventy residents.', 6],
    ['number', 'The harbour plan was rejected by tyve residents.', 6],
    ['number', 'The harbour plan was rejected by einundzwanzig residents.', 6],
    ['number', 'The residents rejected phase iii of the harbour plan.', 6],
    ['name', 'Will Smith said the harbour plan was rejected by residents.', 6],
    ['name', 'May Smith said the harbour plan was rejected by residents.', 6],
    ['name', 'Mark said that the sand is the end of the fleet.', 8],
    ['name', 'A. Smith said the harbour plan was rejected by residents.', 6, 7],
    ['name', 'The harbour plan was rejected by residents, J. Smith said.', 6, 8],
    ['name', 'Jane Smith-Jones said the harbour plan was rejected by residents.', 6, 7],
    ['name', 'The harbour plan was rejected by residents, said Peter-Smith.', 6, 7],
    ['name', 'The harbour plan was rejected by residents, said Jane–Jones.', 6, 7],
    ['name', 'The harbour plan was rejected by residents, said Jane van der Jones.', 6, 7],
    ['name', 'The harbour plan was rejected by residents, said Jane/Jones.', 6, 7],
    ['markup', 'The residents rejected the harbour plan, see x.com/pay.', 6],
    ['markup', 'The residents rejected the harbour plan at t.co/abc.', 6],
    ['number', 'De haven is gesloten en vier boten liggen in de haven.', 9, 5],
    ['language', 'De haven is gesloten en boten liggen in de haven.', 9],
    ['length', `There are 31 boats working out of the Pool${' and the Pool'.repeat(30)}.`, 1],
    ['unsupported', 'The whole fleet should be scrapped without any compensation whatever.', 1],
  ])('%s: %s', (fault, text, ...citations) => {
    expect(outcome(text, ...citations)).toBe(fault)
  })
})

/** Any text, much of it of what the checks look for. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'“”"„«»\'’‘.,-–/%£$ ',
        '31',
        '1.8',
        '4.5',
        'thirty',
        'one',
        'hundred',
        'million',
        'May',
        '9',
        '2025',
        'Hesper',
        'Dunnock',
        'the',
        'boats',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(' '))

describe('one character is enough:', () => {
  it('no such sentence is kept with a figure changed, or with a letter changed that is quoted', () => {
    const kept: string[] = []
    let tried = 0
    // Two and four are both in the quote of the votes.
    for (const [text, ...citations] of HONEST.filter(([each]) => !each.includes('votes'))) {
      const quoted = [...text.matchAll(/“[^”]*”|«[^»]*»|(?<= )'[^']*'(?= )/g)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }))
      for (const [at, character] of [...text].entries()) {
        const isFigure = /\d/.test(character)
        if (!isFigure && !(/[a-z]/.test(character) && quoted.some(({ start, end }) => start < at && at < end))) continue
        for (const other of isFigure ? '0123456789' : 'ezA ') {
          if (other === character) continue
          tried++
          const changed = `${text.slice(0, at)}${other}${text.slice(at + 1)}`
          if (outcome(changed, ...citations) === 'kept') kept.push(changed)
        }
      }
    }
    expect(tried).toBeGreaterThan(700)
    expect(kept).toEqual([])
  })
})

describe('whatever is written,', () => {
  it('what is kept cites what is there, is one short line, and has no figure and no closed quotation but those of a cited quote', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          anyText.map((text) => `There are 31 boats working out of the Pool ${text}.`),
        ),
        fc.array(fc.integer({ min: -2, max: 9 }), { maxLength: 4 }),
        (text, citations) => {
          const result = checked({ text, citations }, KNOWN)
          if (typeof result === 'string') return
          expect(result.citations).toEqual([...new Set(citations)].map((n) => n - 1).sort((a, b) => a - b))
          const cited = result.citations.map((n) => KNOWN[n] as Citation)
          expect(cited.length).toBeGreaterThan(0)
          expect(cited).not.toContain(undefined)
          expect(result.text).not.toMatch(/[\p{C}\n<>[\]`*]/u)
          const days = cited.flatMap(({ source, statements }) => [source.published, ...statements.map(({ saidOn }) => saidOn)]).join(' ')
          const words = `${cited.map(({ quote }) => quote).join('\n')} ${days}`
            .replace(/\b(?:two|second)\b/g, '2')
            .replace(/\bthree\b/g, '3')
            .replace(/\bfour\b/g, '4')
            .replace(/\bsixteen\b/g, '16')
          for (const [digits] of result.text.matchAll(/\d+/g)) expect(words).toMatch(new RegExp(`(?<!\\d)0?${digits}(?!\\d)`))
          const quotes = cited.map(({ quote }) => quote).join('\n')
          for (const [, quoted] of result.text.matchAll(/["“«]([^"“”„«»]*)["”»]/g)) expect(quotes).toContain((quoted as string).trim())
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('a long run of marks, letters or figures is told in no time that grows with its square', () => {
    for (const part of ["'", '“', '“a', "'a ", 'a’', '1', '1,', '1.', 'twenty ', 'A', 'A ', 'a.', '£', 'May ']) {
      const text = part.repeat(10_000)
      expect(typeof checked({ text, citations: [1] }, KNOWN)).toBe('string')
      const [long] = [citation(text)]
      expect(['string', 'object']).toContain(typeof checked({ text: 'There are boats of the Pool, 31 in May.', citations: [1] }, [long as Citation]))
    }
  })

  it('no lie about these quotes is kept', () => {
    const chance = uniform(41)
    const told = lies(KNOWN, 1000, chance)
    expect(told).toHaveLength(1000)
    expect(told.filter((lie) => typeof checked(lie, KNOWN) !== 'string')).toEqual([])
  })
})
