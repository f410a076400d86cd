/**
 * The words that introduce what somebody says, as data. A verb's class says what it needs beside it:
 * `say` takes anything said, `clause` a clause with "that" or a quotation, `to` an infinitive, a clause or a quotation,
 * `quote` only a quotation, `object` whatever follows it.
 */
export type CueClass = 'say' | 'clause' | 'to' | 'quote' | 'object'

export const VERBS: Record<CueClass, string> = {
  say: `say add tell note write reply respond answer explain state remark observe quip insist argue claim assert declare stress
    comment continue conclude recall tweet announce testify exclaim whisper shout joke muse reiterate concede contend caution counter retort
    interject protest plead post admit acknowledge confirm complain predict warn maintain emphasise emphasize reveal lament report boast ask point_out`,
  clause: `suggest show believe think indicate find estimate agree deny allege imply mean learn know fear expect assume doubt decide
    advise promise make_clear disclose signal speculate recommend hint understand feel hold rule determine judge wonder
    question discuss hear repeat demonstrate specify highlight propose demand caution pledge vow worry suspect realise realize certify swear guess figure point_to`,
  to: `urge hope want decline refuse vow promise threaten agree plan seek offer intend ask call_on request pledge aim prefer propose encourage demand wish order choose invite bid`,
  quote: `call describe praise denounce criticise criticize accuse mock dismiss label dub refer cite slam blast condemn hail defend laud attack characterise characterize reject use speak read deride term tout brand ridicule quote reference deem say_of`,
  object: `call_for endorse criticise criticize condemn oppose reject praise denounce welcome defend accuse blame dismiss applaud back support apologise_for apologize_for complain_about boast_about joke_about talk_about warn_of warn_against speak_of argue_for push_for hint_at`,
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
export const RAISING = new Set('appear appears appeared seem seems seemed continue continues continued begin begins began come comes came quick'.split(' '))
/** Past forms that no ending shows. */
export const PAST = new Set(
  `became began bought broke brought built came caught chose cut drew drove ended fell felt flew fought found gave got grew heard held hit joined kept
  knew laid lay led left lent lost made met moved opened paid put ran rose sat saw sent set shook shot sold spent spoke stood struck sued swept swore
  taught threw took turned voted went withdrew woke won wore wrote`.split(/\s+/),
)
