import { describe, expect, it } from 'vitest'
import { load } from '../load.ts'

const clock = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 23)

/** Captions of [seconds, text]: each is shown until `shown` seconds later. */
const vtt = (cues: [number, string][], shown = 2) =>
  load('.vtt', `WEBVTT\n\n${cues.map(([at, text]) => `${clock(at)} --> ${clock(at + shown)}\n${text}\n`).join('\n')}`)

/** The paragraphs with who speaks; [words] where nobody is known to. */
async function said(cues: [number, string][]): Promise<string[][]> {
  const { text, turns } = await vtt(cues)
  let at = 0
  return text.split('\n\n').map((paragraph) => {
    const span = { start: at, end: at + paragraph.length }
    at = span.end + 2
    const turn = turns?.find(({ start }) => start === span.start)
    if (turn) expect(turn).toEqual({ ...span, speaker: turn.speaker })
    return turn ? [turn.speaker, paragraph] : [paragraph]
  })
}

it('joins what is said to paragraphs, without tags and positions, and tells the time of every cue', async () => {
  const file = `1\r
00:00:01,500 --> 00:00:03,000 X1:100 X2:200\r
{\\an8}<i>The harbour</i>\r
was <font color="#fff">dredged</font>\r
\r
2\r
00:00:03,100 --> 00:00:05,000\r
in 2025 &amp; reopened.\r
\r
3\r
01:00:09.250 --> 01:00:10.000\r
5 < 6 & so on\r
\r
4\r
01:00:10,500 --> 01:00:11,000\r
\r
`
  expect(await load('.srt', file)).toEqual({
    text: 'The harbour was dredged in 2025 & reopened.\n\n5 < 6 & so on',
    moments: [
      { at: 0, time: 1.5 },
      { at: 24, time: 3.1 },
      { at: 45, time: 3609.25 },
    ],
    turns: [],
    mediaType: 'application/x-subrip',
    facts: {},
  })
})

it('reads SubRip whose cues hold empty lines, lack numbers, or come out of order', async () => {
  const file = '00:00:09,000 --> 00:00:10,000\nLast.\n00:00:01,000 --> 00:00:02,000\nFirst\n \n\nof all.\n\n2\n00:00:02,000 --> 00:00:03,000\nSecond.\n'
  expect((await load('.srt', file)).text).toBe('First of all. Second.\n\nLast.')
})

it('has a title and a language where the header of WebVTT has them, and leaves out notes and styles', async () => {
  const read = (head: string) =>
    load('.vtt', `${head}\n\nNOTE\nnobody says --\nthis\n\nSTYLE\n::cue {}\n\nintro\n00:01.000 --> 00:02.000 line:0\nKept.\n\nnot this`)
  expect(await read('WEBVTT - The harbour board\nKind: captions\nLanguage: en-GB')).toMatchObject({
    text: 'Kept.',
    facts: { title: 'The harbour board', language: 'en' },
  })
  expect((await read('WEBVTT FILE')).facts).toEqual({})
})

describe('who speaks', () => {
  it('is told by the voices of WebVTT, in one cue as in several', async () => {
    expect(
      await said([
        [1, '<v Odile Marchetti>The ferry\nis old.'],
        [3, '<v.loud Odile Marchetti>It leaks.</v>'],
        [5, '<v Bruno &amp; Co>So do we.</v> <v Odile Marchetti>NOTE: so it does.</v>'],
        [7, 'Laughter'],
      ]),
    ).toEqual([['Odile Marchetti', 'The ferry is old. It leaks.'], ['Bruno & Co', 'So do we.'], ['Odile Marchetti', 'NOTE: so it does.'], ['Laughter']])
  })

  it('is told by marks and names in capitals, and holds until the next mark', async () => {
    expect(
      await said([
        [1, 'GOOD EVENING.'],
        [3, '&gt;&gt; MAYOR TOLGARTH: THE FERRY IS OLD.'],
        [5, 'IT IS VERY OLD.'],
        [20, 'AND IT LEAKS.'],
        [22, '>> WHO SAYS SO?'],
        [24, '>> Castell: I DO.'],
      ]),
    ).toEqual([
      ['GOOD EVENING.'],
      ['MAYOR TOLGARTH', 'THE FERRY IS OLD. IT IS VERY OLD.'],
      ['MAYOR TOLGARTH', 'AND IT LEAKS.'],
      ['WHO SAYS SO?'],
      ['Castell', 'I DO.'],
    ])
  })

  it('is told by names before a colon, as a program for meetings writes them', async () => {
    expect(
      await said([
        [1, 'Odile Marchetti: The ferry is old.'],
        [3, 'Odile Marchetti: It leaks.'],
        [5, 'Speaker 2:\nRemember: so do we all.'],
        [7, 'Nobody answers.'],
        [9, 'Odile Marchetti (by phone): I do.'],
        [11, 'Speaker 2: Good.'],
      ]),
    ).toEqual([
      ['Odile Marchetti', 'The ferry is old. It leaks.'],
      ['Speaker 2', 'Remember: so do we all. Nobody answers.'],
      ['Odile Marchetti', 'I do.'],
      ['Speaker 2', 'Good.'],
    ])
  })

  it('is known to the end of the sentence only where a film names who is not seen', async () => {
    expect(
      await said([
        [1, 'Is anybody there?'],
        [3, 'MAN: I was told that the ferry'],
        [5, 'floats.'],
        [7, 'It does not.'],
      ]),
    ).toEqual([['Is anybody there?'], ['MAN', 'I was told that the ferry floats.'], ['It does not.']])
  })

  it('changes where two lines begin with dashes, and is nobody known', async () => {
    expect(
      await said([
        [1, '- Is it old?\n- It is.'],
        [3, 'And it leaks.'],
      ]),
    ).toEqual([['- Is it old?'], ['- It is. And it leaks.']])
  })

  it.each(['Remember: the bar is shut at noon.', 'NOTE: the bar is shut.', 'The time: 12:30.', 'At 12:30 it shuts: soon.'])(
    'is not told by a colon: %s',
    async (line) => {
      expect(
        await said([
          [1, line],
          [3, 'And so on.'],
          [5, 'Good.'],
        ]),
      ).toEqual([[`${line} And so on. Good.`]])
    },
  )
})

describe('lines that roll up', () => {
  it('are said once, as YouTube has them', async () => {
    const file = `WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.470 align:start position:0%
&nbsp;
the<00:00:00.320><c> harbour</c><00:00:00.640><c> was</c>

00:00:02.470 --> 00:00:02.480 align:start position:0%
the harbour was
&nbsp;

00:00:02.480 --> 00:00:05.000 align:start position:0%
the harbour was
dredged<00:00:03.000><c> in</c><00:00:03.300><c> May</c>

00:00:05.000 --> 00:00:05.010 align:start position:0%
dredged in May
&nbsp;

00:00:05.010 --> 00:00:07.000 align:start position:0%
dredged in May
in<00:00:05.300><c> May</c>
`
    const { text, moments } = await load('.vtt', file)
    expect(text).toBe('the harbour was dredged in May in May')
    expect(moments?.map(({ time }) => time)).toEqual([0.16, 2.48, 5.01])
  })

  it('are said once where a line grows word by word', async () => {
    const grown = await vtt([
      [1, 'GOOD EVENING.\nTHE HARBOUR'],
      [3, 'GOOD EVENING.\nTHE HARBOUR WAS'],
      [5, 'THE HARBOUR WAS\nDREDGED'],
    ])
    expect(grown.text).toBe('GOOD EVENING. THE HARBOUR WAS DREDGED')
  })

  it('are not what is said twice', async () => {
    expect(
      (
        await vtt([
          [1, 'No.'],
          [3.5, 'No.'],
          [6, 'No. I said no.'],
        ])
      ).text,
    ).toBe('No. No. No. I said no.')
  })
})

it('joins lines of Chinese without spaces', async () => {
  expect(
    (
      await vtt([
        [1, '市长说,\n渡轮太旧了'],
        [3, '明年疏浚港口。'],
      ])
    ).text,
  ).toBe('市长说, 渡轮太旧了明年疏浚港口。')
})

it.each([
  ['.srt', 'The harbour was dredged.', 'NO_CUES'],
  ['.vtt', 'WEBVTT\n\nnothing', 'NO_CUES'],
  ['.srt', '00:00:01,000 --> 00:00:02,000\n'.repeat(100_001), 'TOO_MANY_CUES'],
])('refuses %s without cues or with too many (%#)', async (extension, file, code) => {
  await expect(load(extension, file)).rejects.toThrow(expect.objectContaining({ code }))
})

it.each(['<v ', '<', '{\\', '&#', '>> ', 'A '])('reads thousands of the beginnings of a mark: %s', async (mark) => {
  expect((await load('.vtt', `00:01.000 --> 00:02.000\n${mark.repeat(10_000)}x`)).text).toMatch(/x$/)
})
