import type { Turn } from '../ui/conversation.ts'
import { useWords } from '../ui/setting.ts'

/** What a language model wrote from the quotes of a turn: each sentence with the numbers of its quotes, which lead to them. */
export function Prose({ turn, writing }: { turn: Turn; writing: boolean }) {
  const words = useWords()
  const sentences = turn.answer?.prose?.sentences ?? []
  if (sentences.length === 0) return null
  return (
    <section class="prose" aria-label={words.writtenBy} aria-busy={writing}>
      <p dir="auto">
        {sentences.map(({ text, citations }, i) => (
          <span key={`${i} ${text}`}>
            <bdi>{text}</bdi>
            {citations.map((n) => (
              <button type="button" class="cited" key={n} aria-label={words.toQuote(n + 1)} onClick={(event) => leadTo(event.currentTarget, n)}>
                {words.number(n + 1)}
              </button>
            ))}{' '}
          </span>
        ))}
      </p>
      <p class="note">{words.proseNote}</p>
    </section>
  )
}

/** To the quote of the same turn, which may be folded away. */
function leadTo(from: HTMLElement, n: number) {
  const quote = from.closest('.turn')?.querySelectorAll<HTMLElement>('article.quote')[n]
  if (!quote) return
  const folded = quote.closest('details')
  if (folded) folded.open = true
  quote.tabIndex = -1
  quote.focus({ preventScroll: true })
  quote.scrollIntoView({ block: 'nearest', behavior: 'instant' })
}
