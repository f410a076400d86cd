import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'
import { MAX_QUESTION } from './limits.ts'
import { useWords } from './setting.ts'

interface Props {
  field: RefObject<HTMLTextAreaElement | null>
  running: boolean
  /** Nothing has to be waited for, but there is something that can be stopped. */
  writing?: boolean
  placeholder: string
  onAsk: (question: string) => void
  /** False: it cannot be asked yet, and stays in the box. */
  mayAsk?: () => boolean
  onStop: () => void
}

/** The question box: Enter asks, Shift+Enter makes a new line. */
export function QuestionBox({ field, running, writing, placeholder, onAsk, mayAsk = () => true, onStop }: Props) {
  const words = useWords()
  const [text, setText] = useState('')
  const length = [...text.trim()].length
  useLayoutEffect(() => grow(field.current), [text])

  const submit = (event: Event) => {
    event.preventDefault()
    if (running || length === 0 || length > MAX_QUESTION) return
    if (!mayAsk()) return
    onAsk(text.trim())
    setText('')
  }
  const keyDown = (event: KeyboardEvent) => {
    // While an input method is composing, Enter takes its suggestion.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event)
  }
  return (
    <form class="question-box" part="question-box" onSubmit={submit}>
      <label for="question">{words.question}</label>
      <div class="row">
        <textarea
          id="question"
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          placeholder={placeholder}
          autocomplete="off"
          enterkeyhint="send"
          aria-describedby={length > MAX_QUESTION ? 'question-error' : undefined}
          aria-invalid={length > MAX_QUESTION}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={keyDown}
        />
        {running || (writing && length === 0) ? (
          <button key="stop" type="button" class="primary" onClick={onStop}>
            {words.stop}
          </button>
        ) : (
          <button key="ask" type="submit" class="primary">
            {words.ask}
          </button>
        )}
      </div>
      {length > MAX_QUESTION && (
        <p id="question-error" class="field-error" role="alert">
          {words.tooLong(length, MAX_QUESTION)}
        </p>
      )}
    </form>
  )
}

/** On a phone the keyboard would cover the answer; elsewhere the next question can be typed at once. */
export function toNextQuestion(field: HTMLElement | null) {
  if (matchMedia('(pointer: coarse)').matches) field?.blur()
  else field?.focus({ preventScroll: true })
}

/** As tall as its text; the style sheet says how far. */
function grow(field: HTMLTextAreaElement | null) {
  if (!field) return
  field.style.height = 'auto'
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`
}
