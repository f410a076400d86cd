import { describe, expect, it } from 'vitest'
import { folded, sayTheSame } from '../../answer/same-statement.ts'

const SAID = 'Fishermen told the meeting on Tuesday that the old pier was unsafe, and that 31 boats would have nowhere to land.'
const edited = (from: string, to: string) => {
  expect(SAID).toContain(from)
  return sayTheSame(folded(SAID), folded(SAID.replace(from, to)))
}

describe('a sentence says the same', () => {
  it.each([
    ['the old pier', 'the pier'],
    ['told the meeting', 'told a meeting'],
    ['on Tuesday that', 'Tuesday that'],
    ['unsafe, and', 'unsafe and'],
    ['told the meeting', 'warned the meeting'],
    ['have nowhere', 'really have nowhere'],
  ])('with "%s" edited to "%s"', (from, to) => {
    expect(edited(from, to)).toBe(true)
  })

  it('whatever its quotation marks, dashes and white space', () => {
    expect(sayTheSame(folded('“It was\n late” – he said.'), folded('"It was late" - he said.'))).toBe(true)
  })
})

describe('a sentence says something else', () => {
  it.each([
    ['31 boats', '13 boats'],
    ['31 boats', '31 percent of boats'],
    ['31 boats', 'thirty boats'],
    ['31 boats', '£31 of boats'],
    ['would have', 'would not have'],
    ['was unsafe', 'wasn’t unsafe'],
    ['Tuesday', 'Monday'],
    ['on Tuesday', 'yesterday'],
    ['Fishermen told', 'Hesper Dunnock told'],
    ['the meeting', 'the Harbour Board'],
    ['would', 'might'],
    ['told the meeting on Tuesday that the old pier was unsafe', 'said the harbour needed closing'],
    ['land.', 'land?'],
  ])('with "%s" changed to "%s"', (from, to) => {
    expect(edited(from, to)).toBe(false)
  })

  it('in another order of its words', () => {
    expect(sayTheSame('Dunnock beat Penhale in the race.', 'Penhale beat Dunnock in the race.')).toBe(false)
    expect(sayTheSame('It cost £3m, and £4m later.', 'It cost £4m, and £3m later.')).toBe(false)
  })

  it('where its script has no capitals to tell a name by', () => {
    expect(sayTheSame('قال عمر إن الميناء القديم مغلق منذ زمن', 'قال زيد إن الميناء القديم مغلق منذ زمن')).toBe(false)
  })

  it('in another currency, and below nought', () => {
    expect(sayTheSame('It cost £3 a head.', 'It cost $3 a head.')).toBe(false)
    expect(sayTheSame('It was -3 degrees.', 'It was 3 degrees.')).toBe(false)
  })
})
