import answer from '../ui/answer.css?inline'
import controls from '../ui/controls.css?inline'
import disagreement from '../ui/disagreement.css?inline'
import ink from '../ui/ink.css?inline'
import suggestions from '../ui/suggestions.css?inline'
import turn from '../ui/turn.css?inline'
import reset from './reset.css?inline'
import widget from './widget.css?inline'

let sheet: CSSStyleSheet | undefined

/** The styles of every widget of a page. A constructed sheet needs no leave of the site's content security policy. */
export function styleSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync([reset, ink, controls, answer, disagreement, suggestions, turn, widget].join('\n'))
  }
  return sheet
}
