/** An article of our own invention, in the parts that programs write differently. */
export const ARTICLE = {
  title: 'Harbour bar to be dredged for the first time in nineteen years',
  standfirst: 'The council voted seven to five on Tuesday; the work is to begin after the herring have gone.',
  author: 'Fenella Brock',
  date: '2025-03-11',
  outlet: 'The Estrey Almanac',
  opening: [
    'Haldersea council will spend £5,200,000 on dredging the bar at the harbour mouth, the first such work since 2006, councillors decided on Tuesday night after a debate of three hours and ten minutes.',
    '“Nobody here wants a trench for its own sake,” said Capt. Nerys Tolgarth, the harbour master. “But at low water springs I have less under my keel than I have in my bath.”',
    'The seven who voted for it were not of one party, nor were the five who did not. Councillor Ives Tarn, who abstained in committee, voted against: the soundings, he said, were older than his daughter.',
  ],
  heading: 'What it will cost',
  middle:
    'Two thirds of the sum comes from the county, a quarter from harbour dues over eleven years, and the rest from Ostling Wind, which means to rent the new berth.',
  list: ['Dredging of the bar to 3.4 metres below chart datum', 'A training wall of 140 metres on the northern side', 'Soundings twice a year until 2036'],
  table: [
    ['Item', 'Cost', 'Paid by'],
    ['Dredging', '£3,900,000', 'County'],
    ['Training wall', '£1,300,000', 'Dues and Ostling Wind'],
  ],
  caption: 'The Pool at low water, seen from the ice house in February.',
  heading2: 'Who is against it',
  quote: 'I have counted the eelgrass on my belly, and I shall not count it again under four feet of somebody else’s sand.',
  quoteBy: 'Dr. Linnea Strake, Estrey College',
  closing: [
    'The Inshore Society, whose thirty-one boats fish from the Pool, asked for a delay until the autumn. Its secretary said that silt in suspension would drive off the sprats on which its members live between March and May.',
    'Work may begin on 2 June.',
    'If the contractor is late, the whole of it waits until September, because nothing may be dumped at sea in the weeks when the terns are feeding their young on the Skerries.',
  ],
  pulled: 'At low water springs I have less under my keel than I have in my bath.',
} as const

export type Parts = typeof ARTICLE

/** What the pages around the article say. None of it may be read as the article's. */
export const AROUND = {
  nav: ['Front page', 'Tides and weather', 'Shore and sea', 'Small advertisements'],
  cookies: 'We use cookies to measure how our pages are read and to remember what you chose.',
  share: ['Share on Facebook', 'Send by e-mail', 'Copy this link'],
  related: ['Ferry timetable changes from Monday', 'Gulls take a whole tray of buns at the regatta', 'Ice house roof repaired at last'],
  relatedText: 'The early boat leaves ten minutes later.',
  newsletter: 'Get the Almanac in your inbox every Friday morning.',
  sidebar: ['Most read this week', 'Low water today at 14:20'],
  comment:
    'First comment! I think that the council should fix the bins before anything else, and I have said so for years to anybody who would listen to me at the bus stop.',
  commentForm: 'Your e-mail address will not be published.',
  footer: 'The Estrey Almanac is not a real publication. All rights reserved.',
}
export const CHROME: string[] = [...Object.values(AROUND).flat()]

/** A file among the fixtures, and what must come of it. */
export interface Fixture {
  name: string
  producer: string
  bytes: Uint8Array
  paragraphs: string[]
  absent: string[]
}

const rows = (table: Parts['table']) => table.map((row) => row.join(' | '))

/** The paragraphs of the whole article, in their order; those that a shape has not are left out by name. */
export function paragraphsOf(without: (keyof Parts)[] = []): string[] {
  const { title, standfirst, opening, heading, middle, list, table, caption, heading2, quote, closing } = ARTICLE
  const parts = { title, standfirst, opening, caption, heading, middle, list, table: rows(table), heading2, quote, closing }
  return Object.entries(parts).flatMap(([name, part]) => (without.includes(name as keyof Parts) ? [] : part))
}
