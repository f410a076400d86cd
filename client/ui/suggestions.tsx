import { useWords } from './setting.ts'

interface Props {
  questions: string[]
  /** One level below what stands above it. */
  heading: 'h2' | 'h3'
  onAsk: (question: string) => void
}

/** Questions to begin with. */
export function Suggestions({ questions, heading: Heading, onAsk }: Props) {
  const words = useWords()
  if (questions.length === 0) return null
  return (
    <section class="suggestions" aria-labelledby="suggestions">
      <Heading id="suggestions">{words.suggestions}</Heading>
      <ul>
        {questions.map((question) => (
          <li key={question}>
            <button type="button" part="suggestion" dir="auto" onClick={() => onAsk(question)}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
