/** Words that make a run of capitalised words the name of a body, a place or a thing and not of a person. */
const NOT_PERSONS = new Set(
  `academy administration agency airport alliance army assembly association authority avenue award bank bay beach board bridge building bureau cabinet
  campaign centre center chamber church city club coalition college command commission committee community company confederation conference congress
  constitution convention corporation corps council county court cup daily day department development directorate district division east embassy empire
  exchange executive federation festival force forces forum foundation front fund game games gazette government great group guard hall harbour harbor herald high
  holding hospital hotel house initiative institute international island islands journal lake law league library limited line ltd mail march media memorial
  ministry mirror mount mountain movement museum national navy network new news north northern observatory observer ocean office opera organisation organization
  palace park parliament party pier place police port post press prize programme project province quarterly radio railway record region report republic
  review river road royal saint school sea secretariat security senate series service services society south southern square st state states station
  street strand strip summit super sun supreme telegraph television theatre times tower town trade treaty tribunal union united university valley
  venture wall war water amendment act code lane drive gardens terrace close wood hill green cross ferry reach channel isle strait rock pond creek meadow holm rooms room week west western wharf white wind world yard`.split(
    /\s+/,
  ),
)
/** Nouns for what a person does or is, each the last word of a role: "harbour master", "spokesperson". */
const ROLES = new Set(
  `adviser advisor agent ambassador analyst archbishop attorney author baker baroness bishop captain chair chairman chairperson chairwoman chancellor
  chief clerk coach colonel commander commissioner coroner councillor counsellor critic deputy director doctor editor engineer envoy executive
  farmer founder general governor head historian hydrologist inspector interpreter journalist judge lawyer leader librarian lieutenant lord
  magistrate maker manager master mayor member minister monitor negotiator nurse officer official operator organiser organizer owner
  partner pastor pilot planner player police premier president priest principal producer professor prosecutor rector reporter representative
  researcher scientist secretary senator sergeant shopkeeper skipper solicitor speaker spokesman spokesperson spokeswoman superintendent surgeon
  surveyor teacher trader treasurer trustee undersecretary veteran writer`.split(/\s+/),
)

/** Is a word a noun for what a person does or is, in the singular? */
export function isRole(word: string): boolean {
  const noun = word.toLowerCase()
  return ROLES.has(noun) || /[a-z]{3}ists?$|^spokes\w+$/.test(noun)
}

const CALENDAR = /^(?:january|february|march|july|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/i
/** Runs of capitalised words; the length of a word is bounded, since a page of capitals would be tried from each of its letters on. */
const RUN = /(?<!\p{L})\p{Lu}[\p{L}'’-]{0,30}\p{Ll}(?:[ ](?:(?:\p{Lu}\.|de|del|der|di|la|le|van|von|bin|al|el)[ ])*\p{Lu}[\p{L}'’-]{0,30}\p{Ll})+/gu
const DEMONYM =
  /^(?:British|English|Scottish|Irish|Welsh|Spanish|Polish|Turkish|Danish|Swedish|Finnish|Jewish|Chinese|Japanese|Portuguese|Vietnamese|American|Mexican|African|German|Russian|Italian|Canadian|Australian|Indian|Iranian|Iraqi|Syrian|Egyptian|Israeli|Palestinian|Ukrainian|Korean|European|Asian|Brazilian|Cuban|French|Dutch|Greek|Swiss|Czech|Norwegian|Belgian|Austrian|Hungarian|Romanian|Saudi|Pakistani|Afghan|Muslim|Christian|Catholic|Hispanic|Latino|Democratic|Republicans?|Democrats?|Conservatives?|Labour|Federal|Internet|Facebook|Twitter|Climate)$/

const ARTICLE =
  /^(?:What|Unlike|Like|Even|Still|So|How|Why|Who|Did|Does|Is|Are|Both|Many|Most|Some|All|No|Not|Several|Other|The|A|An|This|That|Its|His|Her|Their|Our|In|On|At|By|For|From|But|And|As|If|When|While|After|Before) /

/** The names of persons in a text, by their form: two or more capitalised words, none of which belongs to a body, a place or the calendar. */
export function personNames(text: string): string[] {
  return (text.match(RUN) ?? []).map((run) => personIn(run.replace(ARTICLE, ''))).filter((name) => name !== null)
}

/** The person at the end of a run of capitalised words: of "Harbour Court Justice Odile Marchetti" what follows the body's name. */
function personIn(run: string): string | null {
  const words = run.split(' ')
  const barred = words.findLastIndex(
    (word, i) => NOT_PERSONS.has(word.toLowerCase().replace(/['’]s?$/, '')) || CALENDAR.test(word) || (i < words.length - 1 && /['’]s$/.test(word)),
  )
  const rest = words.slice(barred + 1)
  return rest.length < 2 || DEMONYM.test(rest[0] as string) || DEMONYM.test(rest.at(-1) as string) ? null : rest.join(' ')
}
