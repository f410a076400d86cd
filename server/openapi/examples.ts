/**
 * What /openapi.json shows of each call: what a server of the sample documents is sent, and what it says (test/http/openapi.test.ts sends it
 * and compares).
 */
import type { Answer, AskRequest, Feedback, Ready, SourcesPage, SourceWithText, Speakers, Suggestions, VerifyReply, VerifyRequest } from '../contract.ts'

const GENERATION = '20260102T090000000Z-5f1c3a'

const ask = { question: 'How many boats fish from the Pool?', limit: 1 } satisfies AskRequest

const answer = {
  question: 'How many boats fish from the Pool?',
  status: 'answered',
  missing: [],
  citations: [
    {
      quote: '“There are 31 boats working out of the Pool.',
      start: 1008,
      end: 1052,
      passage: {
        text: '“There are 31 boats working out of the Pool. The register counts those that pay by the year. The rest of us pay by the month, because that is how crab pays us.\n\n“Mr. Lusk sells rope to all thirty-one. I would have thought that he could count us,” Dunnock said.',
        start: 1008,
        end: 1268,
      },
      source: {
        id: '41e8e755a00563d9',
        path: 'corpus/statements/2025-05-09-inshore-society.txt',
        title: '“He has priced the hole”: Society puts deep cut at £5.2 million',
        outlet: "Haldersea Inshore Fishermen's Society",
        author: null,
        published: '2025-05-09',
        publishedFrom: 'sidecar',
        url: 'https://example.org/harbour/statements/2025-05-09-inshore-society.txt',
        mediaType: 'text/plain',
        sha256: '5e390b69457dc5d507d1a39bd6420eb3ecd1e27647e972cea484bea3cc5bc3e6',
      },
      statements: [
        {
          start: 1008,
          end: 1254,
          mention: 'Dunnock',
          speaker: 'Hesper Dunnock',
          role: null,
          speech: 'direct',
          cue: 'said',
          saidOn: '2025-05-09',
          saidOnText: 'May 9',
        },
      ],
      alsoIn: [],
      page: null,
      line: 15,
      time: null,
      link: 'http://127.0.0.1:3000/source/41e8e755a00563d9?start=1008&end=1052',
      score: 0.6064,
    },
  ],
  disagreements: [],
  generation: GENERATION,
  degraded: false,
  timings: {
    embed: 19.24,
    retrieve: 1.01,
    select: 25.86,
    decide: 4.55,
    cite: 14.38,
  },
} satisfies Answer

const { start, end, quote, source } = answer.citations[0] as Answer['citations'][number]
const cited = { source: source.id, start, end }

export const EXAMPLES = {
  ask,
  followUp: { question: 'And who said so?', history: [{ question: ask.question, citations: [cited] }], limit: 1 } satisfies AskRequest,
  filtered: { question: ask.question, filters: { speaker: 'Dunnock', after: '2025-05', before: '2025-06' }, limit: 1 } satisfies AskRequest,
  answer,
  stream: `event: citation\ndata: ${JSON.stringify({ citation: answer.citations[0] })}\n\nevent: answer\ndata: ${JSON.stringify(answer)}\n\n`,
  verify: { ...cited, quote, sha256: source.sha256 } satisfies VerifyRequest,
  verifyChanged: { ...cited, quote: quote.replace('31', '36') } satisfies VerifyRequest,
  verified: { verified: true, reason: null } satisfies VerifyReply,
  suggestions: {
    questions: [
      'What did Sunil Ferrand say about the trial trench?',
      'What did Gideon Lusk say about the chart makers?',
      'What did Hesper Dunnock say about the young crabs?',
      'What did Nerys Tolgarth say about the wind business?',
    ],
  } satisfies Suggestions,
  /** The first two of them. */
  speakers: {
    speakers: [
      {
        name: 'Gideon Lusk',
        role: 'chairman of the group',
        statements: 21,
      },
      {
        name: 'Hesper Dunnock',
        role: "chair of the Haldersea Inshore Fishermen's Society",
        statements: 17,
      },
    ],
  } satisfies Speakers,
  sources: {
    sources: [
      {
        id: 'b50e91dd4d7f87ce',
        path: 'corpus/almanac/2025-08-22-the-meadow.html',
        title: 'The meadow that nobody had drawn',
        outlet: 'The Estrey Almanac',
        author: 'Fenella Brock',
        published: '2025-08-22',
        publishedFrom: 'metadata',
        url: 'https://example.org/almanac/the-meadow-that-nobody-had-drawn',
        mediaType: 'text/html',
        sha256: '5d414bfacffa1393348e600c92b3efec74a3c9561fd76ff959714784a5e74337',
      },
    ],
    next: '1',
  } satisfies SourcesPage,
  source: {
    id: 'bb9bc14bac43087b',
    path: 'corpus/lantern/2025-06-24-letter-sarle.txt',
    title: 'Letter to the editor: You do not beat the Nose',
    outlet: 'The Haldersea Lantern',
    author: 'Ephraim Sarle',
    published: '2025-06-24',
    publishedFrom: 'sidecar',
    url: 'https://example.org/harbour/lantern/2025-06-24-letter-sarle.txt',
    mediaType: 'text/plain',
    sha256: '19d74e4dee86173ef29bd8d82b511db261769b861c7a1c189c30dffc98e426e7',
    text: 'To the Editor\n\nSir, -- I took ships across the Nose for thirty-four years, as my father did before me, and I was at St. Olver\'s on June 12 with the rest of the town. May I say what I could not have shouted over that bucket?\n\nMy father used to say, "You do not beat the Nose. You ask it." He said so in particular of the year 1961, when the council of the day dug a channel nine feet deep, from No. 5 buoy to the pier. It cost £48,000. It was opened on the third of May with a brass band. By the next Easter there was less water over the bar than there had been before the band struck up, and the harbour master of that time, Mr. Josiah Fenn, told my father: "All we have done is teach the sand where to lie."\n\nI put this to Dr. Ferrand on the steps after the meeting. He told me that he had never heard of the 1961 cut, that he would look for the drawings, and that he was grateful, and I believe that he meant all three.\n\nI do not write to take a side. I hold Capt. Tolgarth to be the best harbour master we have had in my lifetime. She says that the thing can be dug. I say so too. It is the staying dug that I doubt.\n\nIf it were my money, and some of it is, I should cut only the narrow place, a hundred and fifty yards or so, and no deeper than ten or eleven feet. I should move No. 5 buoy forty yards to the north, where the deep water went in the winter of 2023 without asking anybody\'s leave. And I should put the sand on the beach at Fish Strand, which has been losing its own since the gale of 2019.\n\nThat would please nobody entirely, which in my experience of Haldersea is how you can tell.\n\nYours faithfully,\nEphraim Sarle\nBar pilot (retired), 8 Capstan Row\n\n[Mr. Sarle never lived, and nor did the bar he crossed: this letter is invented. -- Ed.]\n',
    statements: [
      {
        start: 176,
        end: 223,
        mention: 'I',
        speaker: 'I',
        role: null,
        speech: 'indirect',
        cue: 'say',
        saidOn: '2025-06-24',
        saidOnText: '2025-06-24',
      },
      {
        start: 248,
        end: 287,
        mention: 'My father',
        speaker: 'My father',
        role: null,
        speech: 'direct',
        cue: 'used',
        saidOn: '2025-06-24',
        saidOnText: '2025-06-24',
      },
      {
        start: 296,
        end: 416,
        mention: 'He',
        speaker: 'My father',
        role: null,
        speech: 'indirect',
        cue: 'said',
        saidOn: '2025-06-24',
        saidOnText: '2025-06-24',
      },
      {
        start: 779,
        end: 920,
        mention: 'He',
        speaker: 'My father',
        role: null,
        speech: 'indirect',
        cue: 'told',
        saidOn: '2025-06-24',
        saidOnText: '2025-06-24',
      },
      {
        start: 1043,
        end: 1068,
        mention: 'She',
        speaker: 'My father',
        role: null,
        speech: 'indirect',
        cue: 'says',
        saidOn: '2025-06-24',
        saidOnText: '2025-06-24',
      },
      {
        start: 1076,
        end: 1082,
        mention: 'I',
        speaker: 'I',
        role: null,
        speech: 'indirect',
        cue: 'say',
        saidOn: '2025-06-24',
        saidOnText: '2025-06-24',
      },
    ],
  } satisfies SourceWithText,
  ready: {
    status: 'ready',
    generation: GENERATION,
    sources: 14,
    languages: {
      en: 14,
    },
    degraded: false,
    feedback: false,
  } satisfies Ready,
  helpful: { question: ask.question, helpful: true, citations: [{ ...cited, sha256: source.sha256 }], generation: GENERATION } satisfies Feedback,
  unhelpful: {
    question: ask.question,
    helpful: false,
    reason: 'incomplete',
    citations: [{ ...cited, sha256: source.sha256 }],
    generation: GENERATION,
  } satisfies Feedback,
}
