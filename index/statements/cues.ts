/**
 * The words that introduce what somebody says, as data. A verb's class says what it needs beside it:
 * `say` takes anything said, `clause` a clause with "that" or a quotation, `to` an infinitive, a clause or a quotation,
 * `quote` only a quotation, `object` whatever follows it. Without "that", `bare` takes any clause, `verbed` one with a verb soon.
 * `whom` names who shall do something, `figure` a thing and a number for it ("puts the cost at"), `doing` takes "having seen", `addressed` somebody before "that".
 */
export type CueClass = 'say' | 'clause' | 'to' | 'quote' | 'object' | 'bare' | 'verbed' | 'whom' | 'figure' | 'doing' | 'addressed'

export const VERBS: Record<CueClass, string> = {
  say: `say add tell note write reply respond answer explain state remark observe quip insist argue claim assert declare stress
    comment continue conclude recall tweet announce testify exclaim whisper shout joke muse reiterate concede contend caution counter retort
    interject protest plead post admit acknowledge confirm complain predict warn maintain emphasise emphasize reveal lament report boast ask point_out shoot_back fire_back hit_back chime_in weigh_in`,
  clause: `suggest show believe think indicate find estimate agree deny allege imply mean learn know fear expect assume doubt decide
    advise promise make_clear disclose signal speculate recommend hint understand feel hold rule determine judge wonder
    question discuss hear repeat demonstrate specify highlight propose demand caution pledge vow worry suspect realise realize certify swear guess figure point_to`,
  to: `urge hope want decline refuse vow promise threaten agree plan seek offer intend ask call_on request pledge aim prefer propose encourage demand wish order choose invite bid`,
  quote: `call describe praise denounce criticise criticize accuse mock dismiss label dub refer cite slam blast condemn hail defend laud attack characterise characterize reject use speak read deride term tout brand ridicule quote reference deem say_of go_on`,
  object: `call_for endorse criticise criticize condemn oppose reject praise denounce welcome defend accuse blame dismiss applaud back support apologise_for apologize_for complain_about boast_about joke_about talk_about warn_of warn_against speak_of argue_for push_for hint_at`,
  bare: 'say insist claim argue warn concede maintain contend tweet assert joke',
  verbed: `write report recall explain announce confirm reveal observe note acknowledge admit declare stress conclude state add testify remark complain predict
    believe think suggest deny hope fear feel know wonder expect agree assume doubt worry suspect guess show figure indicate find realise realize understand
    imply learn decide swear allege propose`,
  whom: 'urge ask order encourage request invite call_on beg advise remind instruct press',
  addressed: 'tell ask remind warn assure inform advise promise show persuade convince teach write',
  figure: 'put estimate reckon value price',
  doing: 'deny admit regret recall consider acknowledge suggest propose recommend',
}

export const PRONOUNS = new Set('he she they it i we you who'.split(' '))
/** Verbs and adverbs that may stand between a subject and its cue. */
export const AUXILIARIES = new Set(
  `has have had also later then once recently repeatedly often now still even just never not did does do would could will might may must should can
  again already earlier further furthermore simply only first finally previously initially subsequently sometimes always frequently all both soon
  previously twice publicly is was were are be been being to’ve 've 'd`.split(/\s+/),
)
/** Where the subject of a clause begins at the latest. */
export const CLAUSE_STARTS = new Set(
  'that because while when if although though whereas where whether since unless until but or and so as than which what why how after before yet'.split(' '),
)
export const PREPOSITIONS = new Set(
  'of for in on at from with by to about against between during under over into within near outside inside across among amid through without per via toward towards throughout behind beside above below around'.split(
    ' ',
  ),
)
/** What may follow a cue without being part of what is said: "said on Tuesday in a statement". */
export const ADVERBIAL_STARTS = new Set(
  'on in at during after before when while as via through from outside inside last this early late earlier later yesterday today tonight recently again then by with of about following amid ahead over upon monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  ),
)
/** Papers that speak for whoever wrote them. */
export const PAPERS = new Set('statement report release letter message study review note paper memo document post tweet survey email text'.split(' '))
/** Verbs that a cue may hang on: "seemed to say". */
export const RAISING = new Set(
  'appear appears appeared seem seems seemed continue continues continued begin begins began come comes came quick used'.split(' '),
)
/** Past forms that no ending shows. */
export const PAST = new Set(
  `became began bought broke brought built came caught chose cut drew drove ended fell felt flew fought found gave got grew heard held hit joined kept
  knew laid lay led left lent lost made met moved opened paid put ran rose sat saw sent set shook shot sold spent spoke stood struck sued swept swore
  taught threw took turned voted went withdrew woke won wore wrote`.split(/\s+/),
)

/** Nouns for what is said, thought or meant, by what may follow them: a clause with "that", an infinitive, or a preposition and a thing. */
export const NOUNS: ReadonlyMap<string, Set<string>> = byWord({
  that: `claim assertion allegation accusation suggestion argument view belief opinion position warning statement announcement promise pledge vow
    insistence contention complaint concern fear worry hope demand remark comment message prediction conclusion finding denial admission
    acknowledgement confession proposal hint reminder assurance guarantee feeling impression conviction idea theory suspicion doubt threat advice
    charge confidence consensus recommendation request expectation news confirmation line estimate answer reply`,
  to: 'promise pledge vow demand threat decision plan proposal offer call refusal desire request intention determination commitment willingness readiness goal aim attempt bid',
  about: `concern worry complaint comment remark warning criticism attack opposition support praise call demand request proposal plan endorsement condemnation
    dislike distaste outrage anger disappointment regret shock question doubt scepticism skepticism enthusiasm sympathy gratitude apology denunciation rejection
    rebuke contempt dismissal fear confidence view opinion claim`,
})
/** Plurals of nouns that look like verbs. */
export const ALSO_NOUNS = new Set(
  'states reports rules plans orders offers notes comments labels shows uses quotes posts tweets judges signals reads boasts jokes references points feels seeks'.split(
    ' ',
  ),
)
/** Verbs that say little without such a noun: "expressed concern". */
export const LIGHT_VERBS = new Set(
  `express expresses expressed expressing voice voices voiced voicing raise raises raised raising make makes made making issue issues issued issuing give gives gave repeat repeats
  repeated share shares shared sharing deliver delivered lodge lodged state stated has have had offer offered renewed reiterated`.split(/\s+/),
)
/** Adjectives for what somebody thinks or means, by what may follow them. */
export const ADJECTIVES: ReadonlyMap<string, Set<string>> = byWord({
  that: `sure certain confident convinced hopeful optimistic doubtful adamant afraid worried concerned glad pleased proud happy sorry shocked surprised
    disappointed outraged angry aware unaware unsure uncertain upset frustrated`,
  to: 'eager keen ready willing unwilling reluctant determined committed opposed prepared anxious hesitant shocked',
  about: `sure certain confident convinced hopeful optimistic doubtful skeptical sceptical afraid worried concerned glad pleased proud happy sorry shocked surprised
    disappointed outraged angry aware mindful unaware upbeat opposed critical tired supportive wary frustrated upset excited enthusiastic`,
})
/** Verbs that join such an adjective to whoever thinks so. */
export const FEELING =
  /^(?:is|are|was|were|am|be|been|feels?|felt|seems?|seemed|appears?|appeared|remains?|remained|sounds?|sounded|became|['’](?:s|re|m)|\p{L}+['’](?:s|re|m))$/u

function byWord(lists: Record<string, string>): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>()
  for (const [takes, words] of Object.entries(lists)) {
    for (const word of words.split(/\s+/)) {
      for (const form of [word, /y$/.test(word) ? word.replace(/y$/, 'ies') : /s$|sh$/.test(word) ? `${word}es` : `${word}s`])
        all.set(form, (all.get(form) ?? new Set()).add(takes))
    }
  }
  return all
}
