import { describe, expect, it } from 'vitest'
import { statementsOf } from '../../index/statements/extract.ts'

/** 13 June 2025 was a Friday. */
const SOURCE = { title: 'A report', published: '2025-06-13', publishedFrom: 'metadata' } as const

/** Words, speaker, form of speech, and the day where that is asked. */
type Said = [string, string, 'direct' | 'indirect' | 'mixed', string?]

function said(text: string, expected: Said[], title: string = SOURCE.title): Said[] {
  return statementsOf(text, { ...SOURCE, title }).map((s, i) => {
    const row: Said = [text.slice(s.start, s.end), s.speaker, s.speech]
    if (expected[i]?.[3]) row.push(s.saidOn ?? '')
    return row
  })
}

describe('minutes', () => {
  const present = 'Present: Councillor Ada Dunnock (chair); Councillor Piers Stoke; Sunil Ferrand, town engineer; Odile Marchetti, clerk.\n\n'
  it.each<[string, string, Said[]]>([
    [
      'a report and what was asked after it',
      'Mr Ferrand reported that the dredger had been out of service since May. He asked members to note the cost.',
      [
        ['that the dredger had been out of service since May', 'Sunil Ferrand', 'indirect'],
        ['members to note the cost', 'Sunil Ferrand', 'indirect'],
      ],
    ],
    [
      'an answer',
      'In reply to Councillor Stoke, the town engineer stated that no survey had been made.',
      [['that no survey had been made', 'Sunil Ferrand', 'indirect']],
    ],
    [
      'what was reported by somebody',
      'It was reported by the clerk that the lamps had been repaired.',
      [['that the lamps had been repaired', 'Odile Marchetti', 'indirect']],
    ],
    [
      'what members were told',
      'Members were told by Mr Ferrand that the pump had failed twice.',
      [['that the pump had failed twice', 'Sunil Ferrand', 'indirect']],
    ],
    [
      'a concern',
      'Councillor Stoke expressed concern that the quay would be closed in summer.',
      [['that the quay would be closed in summer', 'Piers Stoke', 'indirect']],
    ],
    ['a view', 'Mr Stoke’s view was that the toll should stay.', [['that the toll should stay', 'Piers Stoke', 'indirect']]],
    [
      'a letter that was read',
      'A letter was read from the Pilots’ Guild, stating that its members would not cross the bar at night.',
      [['that its members would not cross the bar at night', 'Pilots’ Guild', 'indirect']],
    ],
    ['the chair', 'The chair said the matter would come back in June.', [['the matter would come back in June', 'Ada Dunnock', 'indirect']]],
    ['a resolution, which nobody said', 'Resolved: that the tender be accepted.', []],
    ['a report that was noted', 'The report was noted and the meeting closed at nine.', []],
  ])('have %s', (_, text, expected) => {
    expect(said(present + text, expected)).toEqual(expected)
  })
})

describe('a press release', () => {
  it.each<[string, string, Said[]]>([
    [
      'a comment on something',
      'Commenting on the award, Nerys Tolgarth, chief pilot, said: “We have waited nine years.”',
      [['“We have waited nine years.”', 'Nerys Tolgarth', 'direct']],
    ],
    [
      'a quotation signed with a dash',
      '“The light must be lit by autumn.” — Nerys Tolgarth, chief pilot',
      [['“The light must be lit by autumn.”', 'Nerys Tolgarth', 'direct']],
    ],
    [
      'a clause about what was cited',
      'The bar has cost many lives, Nerys Tolgarth said, citing the wrecks of the Swift and the Good Intent.',
      [
        ['The bar has cost many lives', 'Nerys Tolgarth', 'indirect'],
        ['the wrecks of the Swift and the Good Intent', 'Nerys Tolgarth', 'indirect'],
      ],
    ],
    [
      'a clause about what was urged',
      '“The bar is moving,” Nerys Tolgarth said, urging the council to act before winter.',
      [
        ['“The bar is moving,”', 'Nerys Tolgarth', 'direct'],
        ['the council to act before winter', 'Nerys Tolgarth', 'indirect'],
      ],
    ],
    [
      'a call',
      'The Pilots’ Guild today called on the council to light the bar.',
      [['the council to light the bar', 'Pilots’ Guild', 'indirect', '2025-06-13']],
    ],
    [
      'a commitment',
      'The Harbour Board is committed to keeping the quay open, its director Odile Marchetti said.',
      [['The Harbour Board is committed to keeping the quay open', 'Odile Marchetti', 'indirect']],
    ],
    [
      'a statement with a day of its own',
      'A statement by the Harbour Board on June 4, which set out the soundings, said that the bar had moved.',
      [['that the bar had moved', 'Harbour Board', 'indirect', '2025-06-04']],
    ],
    [
      'what somebody was quoted there as saying',
      'Odile Marchetti, the director, was quoted there as saying that the quay must be closed.',
      [['that the quay must be closed', 'Odile Marchetti', 'indirect']],
    ],
    [
      'somebody speaking for a body',
      'Speaking on behalf of the Guild, Nerys Tolgarth said that the bar was unsafe.',
      [['that the bar was unsafe', 'Nerys Tolgarth', 'indirect']],
    ],
  ])('has %s', (_, text, expected) => {
    expect(said(text, expected)).toEqual(expected)
  })
})

describe('an interview', () => {
  it('gives the answers to the one whom its title names, on the day of the meeting', () => {
    const text =
      'Nerys Tolgarth has taken ships over the bar for nine years. Odile Marchetti, the harbour master, was her first captain. We met at the pier on Wednesday.\n\nQ: Is it safe?\n\nA: It never was.\n\nQ: Will you stay?\n\nA: Ask me in May.\n'
    const expected: Said[] = [
      ['It never was.', 'Nerys Tolgarth', 'direct', '2025-06-11'],
      ['Ask me in May.', 'Nerys Tolgarth', 'direct', '2025-06-11'],
    ]
    expect(said(text, expected, '“It never was”: Nerys Tolgarth on the bar')).toEqual(expected)
  })

  it('knows a speaker by initials', () => {
    const text = 'Nerys Tolgarth spoke to Piers Stoke on Monday.\n\nPS: Is it safe?\nNT: It never was.\nPS: Will you stay?\nNT: Ask me in May.\n'
    const expected: Said[] = [
      ['Is it safe?', 'Piers Stoke', 'direct', '2025-06-09'],
      ['It never was.', 'Nerys Tolgarth', 'direct', '2025-06-09'],
      ['Will you stay?', 'Piers Stoke', 'direct', '2025-06-09'],
      ['Ask me in May.', 'Nerys Tolgarth', 'direct', '2025-06-09'],
    ]
    expect(said(text, expected)).toEqual(expected)
  })
})

describe('a transcript', () => {
  it.each<[string, string, Said[]]>([
    [
      'in capitals, with titles',
      'Sunil Ferrand and Nerys Tolgarth gave evidence.\n\nTHE CHAIR: Is it safe?\nMR FERRAND: The wall is.\nMS TOLGARTH: The bar is not.\nMR FERRAND: I agree.\nTHE CHAIR: Thank you.\n',
      [
        ['Is it safe?', 'THE CHAIR', 'direct'],
        ['The wall is.', 'Sunil Ferrand', 'direct'],
        ['The bar is not.', 'Nerys Tolgarth', 'direct'],
        ['I agree.', 'Sunil Ferrand', 'direct'],
        ['Thank you.', 'THE CHAIR', 'direct'],
      ],
    ],
    [
      'with times',
      'Nerys Tolgarth is our guest.\n\n[00:01] Stoke: Is it safe?\n[00:04] Tolgarth: It never was.\n[00:09] Stoke: And now?\n[01:12] Tolgarth: Less so.\n',
      [
        ['Is it safe?', 'Stoke', 'direct'],
        ['It never was.', 'Nerys Tolgarth', 'direct'],
        ['And now?', 'Stoke', 'direct'],
        ['Less so.', 'Nerys Tolgarth', 'direct'],
      ],
    ],
    [
      'with times after the names',
      'Nerys Tolgarth is our guest.\n\nStoke (00:01): Is it safe?\nTolgarth (00:04): It never was.\nStoke (00:09): And now?\nTolgarth (01:12): Less so.\n',
      [
        ['Is it safe?', 'Stoke', 'direct'],
        ['It never was.', 'Nerys Tolgarth', 'direct'],
        ['And now?', 'Stoke', 'direct'],
        ['Less so.', 'Nerys Tolgarth', 'direct'],
      ],
    ],
  ])('is read %s', (_, text, expected) => {
    expect(said(text, expected)).toEqual(expected)
  })
})

describe('a report', () => {
  it.each<[string, string, Said[]]>([
    [
      'its conclusions',
      'The report concludes that the bar has moved 40 metres since 2019.',
      [['that the bar has moved 40 metres since 2019', 'report', 'indirect']],
    ],
    ['a survey', 'According to the survey of 2021, the channel is six metres deep.', [['the channel is six metres deep', 'survey of 2021', 'indirect']]],
    [
      'an estimate',
      'In its annual report the Harbour Board puts the cost at 2 million pounds.',
      [['the cost at 2 million pounds', 'Harbour Board', 'indirect']],
    ],
    ['an estimate of somebody’s own', 'Ferrand estimated the cost at 2 million pounds.', [['the cost at 2 million pounds', 'Ferrand', 'indirect']]],
    ['a position', 'The Board’s position is that no toll is needed.', [['that no toll is needed', 'Board', 'indirect']]],
    ['a warning', 'There was a warning from the pilots that the bar would close in winter.', [['that the bar would close in winter', 'pilots', 'indirect']]],
    ['a claim about a claim', 'Tolgarth’s claim that the buoy had drifted was new to the council.', [['that the buoy had drifted', 'Tolgarth', 'indirect']]],
    ['a want', 'Tolgarth wants the light to be moved.', [['the light to be moved', 'Tolgarth', 'indirect']]],
    ['a hope', 'Marchetti hopes to open the quay by May.', [['to open the quay by May', 'Marchetti', 'indirect']]],
    ['a belief', 'Ferrand believes the wall will hold.', [['the wall will hold', 'Ferrand', 'indirect']]],
    [
      'a name and a verb between commas',
      'The pilots, Ferrand said on Monday, had been warned.',
      [['The pilots, Ferrand said on Monday, had been warned', 'Ferrand', 'indirect', '2025-06-09']],
    ],
    [
      'a quotation in two parts',
      '“The bar,” said Tolgarth, “is no place for a ferry.”',
      [['“The bar,” said Tolgarth, “is no place for a ferry.”', 'Tolgarth', 'direct']],
    ],
    ['an answer to a question', 'Asked whether she would resign, Odile Marchetti replied: “No.”', [['“No.”', 'Odile Marchetti', 'direct']]],
    ['what a paper quoted', 'Piers Stoke was quoted by the Gazette as saying that the toll would go.', [['that the toll would go', 'Piers Stoke', 'indirect']]],
    [
      'going on',
      'Tolgarth said the bar was unsafe. She went on: “I would not cross it.”',
      [
        ['the bar was unsafe', 'Tolgarth', 'indirect'],
        ['“I would not cross it.”', 'Tolgarth', 'direct'],
      ],
    ],
    [
      'speech in speech',
      'Ferrand said that the pilots had told him that the buoy was gone.',
      [['that the pilots had told him that the buoy was gone', 'Ferrand', 'indirect']],
    ],
    ['an apology', 'Marchetti apologised for the delay.', [['the delay', 'Marchetti', 'indirect']]],
    ['a denial', 'Marchetti denied having seen the survey.', [['having seen the survey', 'Marchetti', 'indirect']]],
    [
      'what was described',
      'The bar is closed, Tolgarth said, describing it as a grave.',
      [
        ['The bar is closed', 'Tolgarth', 'indirect'],
        ['it as a grave', 'Tolgarth', 'indirect'],
      ],
    ],
    ['words put in a phrase', 'In the words of Nerys Tolgarth, the bar “eats ferries”.', [['the bar “eats ferries”', 'Nerys Tolgarth', 'mixed']]],
    ['last year', 'The bar was safe, Tolgarth told the Gazette last year.', [['The bar was safe', 'Tolgarth', 'indirect', '2024']]],
    [
      'a speaker who is told of first',
      'The guild’s secretary, who asked not to be named, said the pilots would strike.',
      [['the pilots would strike', 'guild’s secretary', 'indirect']],
    ],
  ])('has %s', (_, text, expected) => {
    expect(said(text, expected)).toEqual(expected)
  })

  it.each([
    'The survey of the bar was finished in May.',
    'He said nothing.',
    'The clock told the hour to an empty square.',
    'The harbour answered to nobody for a year.',
    'A claim for damages was settled in March.',
    'The dredger read the bottom by sonar.',
  ])('has no statement in "%s"', (text) => {
    expect(said(text, [])).toEqual([])
  })
})

describe('a headline', () => {
  it.each<[string, Said[]]>([
    ['Bar unsafe for ferries, warns chief pilot', [['Bar unsafe for ferries', 'chief pilot', 'indirect']]],
    ['Toll unfair to small boats, say pilots', [['Toll unfair to small boats', 'pilots', 'indirect']]],
    ['Pilots say toll is unfair to small boats', [['toll is unfair to small boats', 'Pilots', 'indirect']]],
    ['Chief pilot on the bar: “It eats ferries”', [['“It eats ferries”', 'Chief pilot', 'direct']]],
  ])('"%s"', (headline, expected) => {
    expect(said(`${headline}\n\nThe pier was empty on Monday.`, expected)).toEqual(expected)
  })
})

describe('corrections and letters', () => {
  it.each<[string, string, Said[]]>([
    [
      'what an earlier report quoted',
      'Our report of 3 May quoted Odile Marchetti as saying that the quay was closed.',
      [['that the quay was closed', 'Odile Marchetti', 'indirect']],
    ],
    [
      'a letter with a date',
      'In a letter dated 3 May 2023, the Pilots’ Guild wrote that the bar was safe.',
      [['that the bar was safe', 'Pilots’ Guild', 'indirect', '2023-05-03']],
    ],
    [
      'what a correction puts right',
      'Nerys Tolgarth rang us about it on Sunday. “I do not cross at night,” she said.',
      [['“I do not cross at night,”', 'Nerys Tolgarth', 'direct', '2025-06-08']],
    ],
    ['an accusation', 'Piers Stoke accused the Board of hiding the survey.', [['the Board of hiding the survey', 'Piers Stoke', 'indirect']]],
    ['an insistence', 'Her insistence that the bar is safe surprised us.', [['that the bar is safe', 'Her', 'indirect']]],
  ])('have %s', (_, text, expected) => {
    expect(said(text, expected)).toEqual(expected)
  })
})

describe('what a sentence is made of', () => {
  it.each<[string, string, Said[]]>([
    [
      'a long subject',
      'But several retired pilots interviewed at the pier this week, including Nerys Tolgarth, said they had no fear of the bar.',
      [['they had no fear of the bar', 'several retired pilots interviewed at the pier this week', 'indirect']],
    ],
    [
      'a place between subject and verb',
      'Odile Marchetti, at a meeting in Orrin, Estrey, said the quay would close.',
      [['the quay would close', 'Odile Marchetti', 'indirect']],
    ],
    ['a phrase between subject and verb', 'Odile Marchetti, for example, said she had no plans.', [['she had no plans', 'Odile Marchetti', 'indirect']]],
    ['who argues, in a relative clause', 'Some who fish the bar argue that it is moving.', [['that it is moving', 'Some', 'indirect']]],
    ['an act that goes on', 'The guild is urging the board to light the bar.', [['the board to light the bar', 'guild', 'indirect']]],
    ['an act that seems one', 'Stoke appeared to suggest that the toll would go.', [['that the toll would go', 'Stoke', 'indirect']]],
    [
      'a participle with the subject of the sentence',
      'Odile Marchetti threw her papers on the table, saying the toll was unfair.',
      [['the toll was unfair', 'Odile Marchetti', 'indirect']],
    ],
    [
      'records between commas',
      'During the winter, harbour records show, the bar was closed for nine days.',
      [['During the winter, harbour records show, the bar was closed for nine days', 'harbour records', 'indirect']],
    ],
    [
      'who speaks and who that is, after the words',
      'The bar moves every winter, said Nerys Tolgarth, the chief pilot of the guild.',
      [['The bar moves every winter', 'Nerys Tolgarth', 'indirect']],
    ],
    [
      'somebody else after an "and"',
      'The hull was sound in 2011, records show, and pilots say it leaks.',
      [
        ['The hull was sound in 2011', 'records', 'indirect'],
        ['it leaks', 'pilots', 'indirect'],
      ],
    ],
    [
      'who that is after "according to"',
      'According to Sunil Ferrand, the town engineer, the wall will hold.',
      [['the wall will hold', 'Sunil Ferrand', 'indirect']],
    ],
    ['a clause about a thing', 'The guild reported 19 boats that fish the bar.', []],
    ['a report of a report', 'Stoke agreed to pay the toll, records show.', [['Stoke agreed to pay the toll', 'records', 'indirect']]],
    ['confidence', 'The board is confident that the wall will hold.', [['that the wall will hold', 'board', 'indirect']]],
    ['doubt', 'Tolgarth was not sure she would sail.', [['she would sail', 'Tolgarth', 'indirect']]],
    ['an aim inside what is said', 'The board is ready to pay, Odile Marchetti said.', [['The board is ready to pay', 'Odile Marchetti', 'indirect']]],
    ['a thing and when it was opposed', 'Stoke opposed the toll during a meeting on Monday.', [['the toll', 'Stoke', 'indirect', '2025-06-09']]],
  ])('has %s', (_, text, expected) => {
    expect(said(text, expected)).toEqual(expected)
  })

  it('gives a quoted predicate a statement of its own, and a word in marks none', () => {
    const text = 'Nerys Tolgarth said the charge was “a fable from end to end”. Odile Marchetti said the toll was “fair” to boats.'
    const expected: Said[] = [
      ['the charge was “a fable from end to end”', 'Nerys Tolgarth', 'mixed'],
      ['“a fable from end to end”', 'Nerys Tolgarth', 'direct'],
      ['the toll was “fair” to boats', 'Odile Marchetti', 'mixed'],
    ]
    expect(said(text, expected)).toEqual(expected)
  })

  it('reads a headline that writes its verbs with capitals', () => {
    const expected: Said[] = [['The Bar Is Moving Every Winter', 'Chief Pilot', 'indirect']]
    expect(said('Chief Pilot Says The Bar Is Moving Every Winter\n\nThe pier was empty.', expected)).toEqual(expected)
  })
})

describe('who it is', () => {
  it.each<[string, string, string]>([
    ['a body called by its last word', 'The Sund Boatmen’s Association met. The association said the toll was unfair.', 'Sund Boatmen’s Association'],
    [
      'the body of whoever leads it',
      'Piers Stoke, chair of the Sund Boatmen’s Association, spoke. His association puts the cost at 3 million pounds.',
      'Sund Boatmen’s Association',
    ],
    [
      'whom the sentences before are about, and not whom they mention',
      'Nerys Tolgarth left at noon. The pilots had written to Susan Vane. She said the bar was closed.',
      'Nerys Tolgarth',
    ],
    ['whose claim it is', 'Nerys Tolgarth left at noon. Her claim that the buoy had drifted was new.', 'Nerys Tolgarth'],
  ])('is %s', (_, text, speaker) => {
    expect(statementsOf(text, SOURCE).at(-1)?.speaker).toBe(speaker)
  })

  it('is not the engineer when the master of the harbour speaks', () => {
    const text = 'Sunil Ferrand, the harbour engineer, said the wall would hold. “It leaks,” the harbour master said.'
    expect(statementsOf(text, SOURCE).map((s) => s.speaker)).toEqual(['Sunil Ferrand', 'harbour master'])
  })
})

it('keeps a dateline out of what is said', () => {
  const expected: Said[] = [['The toll will go', 'Odile Marchetti', 'indirect']]
  expect(said('SUND, June 12 (Harbour News) -- The toll will go, Odile Marchetti said.', expected)).toEqual(expected)
})
