import { type ComponentChildren, toChildArray } from 'preact'
import type { Source } from '../../server/contract.ts'
import { balanced } from '../words/formats.ts'
import { publishedText } from './credit.ts'
import { useWords } from './setting.ts'

/** A quiet line of facts, each isolated; the dots between them stand outside, so that no fact's script can move them. */
export function Dotted({ children }: { children: ComponentChildren }) {
  return (
    <p class="where">
      {toChildArray(children).map((child, i) => (
        <span key={i}>
          <bdi>{typeof child === 'string' ? balanced(child) : child}</bdi>
        </span>
      ))}
    </p>
  )
}

/** When a source was published, as far as anybody says so. */
export function Published({ source }: { source: Source }) {
  return <time dateTime={source.published ?? undefined}>{publishedText(source, useWords())}</time>
}
