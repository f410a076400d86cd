/** The words with which a question compares, and those with which it asks for a change. */

const COMPARES =
  'agree|agrees|agreed|disagree|disagrees|disagreed|differ|differs|differed|dispute|disputes|disputed|contradict|contradicts|contradicted|compare|compares|compared|contrast|conflict|conflicts|clash|clashed|quarrel|accept|accepts|accepted|reject|rejects|rejected|dismiss|dismissed|challenge|challenged|contest|contested|rebut|rebutted|echo|echoed|match|matches|matched|tally|square'

export const COMPARING = new RegExp(
  `\\b(?:${COMPARES}|comparison|versus|vs|at odds|disagreement|disagreements|differences?|same|right about|divided|(?:far )?apart|gap between|higher|lower|bigger|larger|smaller|of one mind|of the same mind|at one|in line|side with|sides with)\\b`,
  'i',
)
/** Directly before somebody with whom another is compared. */
export const COMPARED_WITH = new RegExp(
  `\\b(?:(?:${COMPARES})(?:\\s+(?:with|from|to))?|(?:at odds|one mind|same mind|at one|in line|sides?|same|apart|comparison|disagreements?|differences?)\\s+(?:with|as|from|between|to)|(?:higher|lower|bigger|larger|smaller|more|less)\\s+than)\\s+(?:what\\s+|that of\\s+)?$`,
  'i',
)
export const COMPARING_WORDS = new RegExp(`${COMPARING.source}(?:\\s+(?:with|from|as|to|than))?`, 'gi')

const STANCE =
  'minds?|positions?|stance|views?|opinions?|tune|tone|line|story|stories|accounts?|wording|words|language|attitude|arguments?|demands?|promises?|sides?|estimates?|figures?|numbers?|prices?|forecasts?|costs?|counts?|plans?'

const CHANGE =
  'chang(?:e|es|ed|ing)|shift(?:s|ed)?|revis(?:e|es|ed)|alter(?:s|ed)?|soften(?:s|ed)?|harden(?:s|ed)?|reverse[sd]?|evolve[sd]?|moved|raise[sd]?|lower(?:s|ed)?|withdr(?:aw|ew|awn)|(?:go|goes|gone|went) (?:up|down)|rise|rises|rose|risen|fall|falls|fell|fallen|drop(?:s|ped)?|grow|grew|grown|increase[sd]?|climb(?:s|ed)?'
const CHANGES = new RegExp(`\\b(?:${CHANGE})\\b`, 'i')
const OF_STANCE = new RegExp(`\\b(?:${STANCE})\\b`, 'i')

/** Does a question ask how a position, a wording or a figure changed? */
export function asksForChange(question: string): boolean {
  return CHANGES.test(question) && OF_STANCE.test(question)
}

/** What a question about a change says of the change itself. */
export const CHANGE_WORDS = new RegExp(
  `\\b(?:${CHANGE})\\b|\\b(?:his|her|its|their|the)?\\s*\\b(?:minds?|positions?|stance|views?|opinions?|tune|tone|line|story|wording|words|language|attitude|sides?)\\b(?:\\s+(?:on|about|of|over|towards?|regarding))?|^\\s*(?:how|in what way)?\\s*(?:did|does|do|has|have|had|is|was)\\b|\\bover (?:the|these|those) (?:years?|months?|weeks?|summer|winter|spring|autumn|course of)\\b|\\bover time\\b`,
  'gi',
)
