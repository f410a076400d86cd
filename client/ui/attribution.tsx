import type { Citation } from '../../server/contract.ts'
import { balanced } from '../words/formats.ts'
import { creditOf, placeText, type Speaker } from './credit.ts'
import { Dotted, Published } from './dotted.tsx'
import { useWords } from './setting.ts'

/** Who said it, in what form and when; then where it stands. */
export function Attribution({ citation }: { citation: Citation }) {
  const words = useWords()
  const { speakers, publisher, by, title } = creditOf(citation)
  return (
    <div class="attribution" part="attribution">
      {speakers.map((speaker) => (
        <Said key={`${speaker.name} ${speaker.said}`} speaker={speaker} />
      ))}
      {publisher && (
        <p class="who">
          <bdi class="name">{publisher}</bdi>
        </p>
      )}
      <Dotted>
        {by}
        <cite>{balanced(title)}</cite>
        {citation.source.published && <Published source={citation.source} />}
        {placeText(citation, words) ?? words.line(citation.line)}
      </Dotted>
    </div>
  )
}

function Said({ speaker: { name, role, speech, said } }: { speaker: Speaker }) {
  const words = useWords()
  return (
    <p class="who">
      <bdi class="name">{balanced(name)}</bdi>
      {role && (
        <>
          {words.comma}
          <bdi>{balanced(role)}</bdi>
        </>
      )}
      {said && (
        <>
          {words.comma}
          {words.said} <time dateTime={said}>{words.date(said)}</time>
        </>
      )}
      {/* An en space: the label may go to the next line, and then starts at its edge. */}
      {'\u2002'}
      <span class={`speech ${speech}`}>{words.speech[speech]}</span>
    </p>
  )
}
