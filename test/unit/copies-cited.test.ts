import { beforeAll, describe, expect, it } from 'vitest'
import { type AskOptions, ask } from '../../answer/ask.ts'
import type { Citation } from '../../answer/cite.ts'
import { verify } from '../../answer/verify.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import type { Generation } from '../../index/generation.ts'
import { buildIndex, documents, embedder } from '../fixtures.ts'

const STORY = [
  'Officials in Brackwater closed the old ferry slip on Tuesday after divers found deep cracks in its timber piles.',
  'The slip carries nearly all of the freight for the three islands, and hauliers had asked for repairs since the winter storms.',
  'Repairs to the slip would cost £240,000, the harbour engineer told the council, and they would take six weeks.',
  'Islanders said that they expected empty shelves in the shops before the end of the month.',
  'A landing craft hired from the mainland will carry fuel and post in the meantime, weather permitting.',
]
const dated = (title: string, day: string, text: string[]) => `${title}\n\nSource: ${title} Wire| ${day} 10:00:00|Editor: None\n\n${text.join('\n\n')}`
const edited = (from: string, to: string) => STORY.map((line) => line.replace(from, to))
const OPEN = '“The reading room must stay open on Sundays,”'
const OTHER = 'The ferry company Norden Line said that it would run a smaller boat from the north quay while the slip is repaired.'

/** Ten papers with the same story, of which some cut or edit it, one prints another figure, and none comes first in the alphabet when published first. */
const FILES: Record<string, string> = {
  'k-first.txt': dated('Slip closed', '2025-03-04', STORY),
  'a-later.txt': dated('Ferry slip shut over cracks', '2025-03-06', STORY),
  'b-cut.txt': dated('Islands cut off', '2025-03-05', STORY.slice(0, 4)),
  'c-edited.txt': dated('Cracks close slip', '2025-03-05', edited('nearly all of the freight', 'nearly all freight')),
  'd-figure.txt': dated('Repairs dearer than said', '2025-03-07', edited('£240,000', '£310,000')),
  'e-told.txt': dated('Brackwater slip', '2025-03-08', edited('the harbour engineer told the council', 'the harbour engineer told councillors')),
  'f-same.txt': dated('Slip', '2025-03-06', STORY),
  'g-same.txt': dated('Slip closed again', '2025-03-06', STORY),
  'h-undated.txt': STORY.join('\n\n'),
  'z-other.txt': `Quay news\n\n${OTHER}`,
  'x-minutes.txt': `Minutes of the library\n\n${OPEN} said Hesper Dunnock. She had counted the visitors all through the spring, and they came with their children.`,
  'y-letters.txt': `Letters\n\n${OPEN} said Corwin Pyle. He signs a column in every third number of this paper, mostly on gulls.`,
  'y-minutes.txt': `Other minutes\n\n${OPEN} said Hesper Dunnock. The treasurer asked who would pay for the heating then.`,
}

let model: Embedder
let generation: Generation

beforeAll(async () => {
  model = await embedder()
  generation = await buildIndex(await documents(FILES))
})

const asked = (question: string, options?: AskOptions) => ask(generation, model, question, options)
const pathOf = (id: string) => generation.sources[generation.numberOf(id) as number]?.path.replace('docs/', '') as string
const places = ({ source, alsoIn }: Citation) => [source.id, ...alsoIn.map((place) => place.source)].map(pathOf)
const holding = (citations: Citation[], words: string) => citations.filter(({ quote }) => quote.includes(words))

it('the copies of a story are one group, and what only shares its subject is in none', () => {
  const alone = generation.sources.filter(({ group }) => group === null)
  expect(alone.map(({ path }) => path.replace('docs/', ''))).toEqual(['x-minutes.txt', 'y-letters.txt', 'y-minutes.txt', 'z-other.txt'])
  expect(new Set(generation.sources.map(({ group }) => group))).toEqual(new Set([0, null]))
})

it.each([1, 20])('a sentence of many copies is cited once, where it was published first, and all other places are named: limit %d', async (limit) => {
  const { citations } = await asked('What did divers find in the timber piles?', { limit })
  const [cracks, ...more] = holding(citations, 'divers found deep cracks')
  expect(more).toEqual([])
  expect(places(cracks as Citation)).toEqual([
    'k-first.txt',
    'b-cut.txt',
    'c-edited.txt',
    'a-later.txt',
    'f-same.txt',
    'g-same.txt',
    'd-figure.txt',
    'e-told.txt',
    'h-undated.txt',
  ])
})

it('a sentence that a copy edits lightly is cited once, and its own words are named there', async () => {
  const { citations } = await asked('How much of the freight for the islands does the slip carry?')
  const [freight, ...more] = citations.filter(({ quote }) => /nearly all (?:of the )?freight/.test(quote))
  expect(more).toEqual([])
  expect(freight?.source.path).toBe('docs/k-first.txt')
  const there = freight?.alsoIn.find(({ source }) => pathOf(source) === 'c-edited.txt')
  const number = generation.numberOf(there?.source as string) as number
  const words = generation.text(number).slice(there?.start, there?.end)
  expect(words).toMatch(/^The slip carries nearly all freight for .* storms\.$/)
  expect((await verify(generation, { ...(there as NonNullable<typeof there>), quote: words })).verified).toBe(true)
})

describe('another figure in a copy', () => {
  it('is cited beside the first, and marked as one that differs', async () => {
    const { citations, disagreements } = await asked('How much would the repairs to the slip cost?')
    expect(holding(citations, '£240,000').map((one) => pathOf(one.source.id))).toEqual(['k-first.txt'])
    expect(holding(citations, '£310,000').map(places)).toEqual([['d-figure.txt']])
    expect(disagreements[0]?.sides.map(({ value }) => value)).toEqual(['£240,000', '£310,000'])
  })

  it('is cited in place of what differs less, when few citations are asked for', async () => {
    const { citations } = await asked('How much would the repairs to the slip cost?', { limit: 2 })
    expect([holding(citations, '£240,000').length, holding(citations, '£310,000').length]).toEqual([1, 1])
  })
})

it('copies take no room from other documents, whose sentences are looked at too', async () => {
  const looked = new Set<string>()
  const trace: AskOptions['trace'] = ({ choices }) => {
    for (const { passage } of choices) looked.add(generation.sources[generation.sourceOf(passage)]?.path.replace('docs/', '') as string)
  }
  await asked('Why did officials in Brackwater close the old ferry slip?', { trace })
  expect([...looked]).toEqual(expect.arrayContaining(['d-figure.txt', 'z-other.txt']))
})

it('only what passes the filters is cited and named', async () => {
  const { citations } = await asked('What did divers find in the timber piles?', { filters: { after: '2025-03-06', before: '2025-03-08' } })
  expect(places(citations[0] as Citation)).toEqual(['a-later.txt', 'f-same.txt', 'g-same.txt', 'd-figure.txt'])
})

it('what two people say in the same words is two statements', async () => {
  const { citations } = await asked('Who said that the reading room must stay open on Sundays?')
  const cited = holding(citations, 'must stay open on Sundays')
  expect(cited.map(places)).toEqual([['x-minutes.txt', 'y-minutes.txt'], ['y-letters.txt']])
})

it('more copies than are retrieved leave room for others too', async () => {
  const crowd = Object.fromEntries(Array.from({ length: 55 }, (_, i) => [`${i}.txt`, 'The slip was closed after divers found cracks.']))
  const crowded = await buildIndex(await documents({ ...crowd, 'other.txt': 'The library is open on Sundays.' }))
  const looked = new Set<string>()
  const { citations } = await ask(crowded, model, 'Why was the slip closed?', {
    trace: ({ choices }) => {
      for (const { passage } of choices) looked.add(crowded.sources[crowded.sourceOf(passage)]?.path as string)
    },
  })
  expect(looked.size).toBe(2)
  expect(looked).toContain('docs/other.txt')
  expect(citations[0]?.source.path).toBe('docs/0.txt')
  expect(citations[0]?.alsoIn.length).toBeGreaterThan(40)
})
