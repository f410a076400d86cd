import type { RefObject } from 'preact'
import { useRef } from 'preact/hooks'
import type { Source } from '../../server/contract.ts'
import { QuestionBox } from '../ui/question-box.tsx'
import { useWords } from '../ui/setting.ts'
import type { Asked } from './asked.ts'
import { type FilterControl, FilterLine } from './filter-line.tsx'

interface Props {
  field: RefObject<HTMLTextAreaElement | null>
  asked: Asked
  sources: Source[]
}

/** The question box and what belongs to it: the filters, and what can be done with the whole conversation. */
export function Asking({ field, asked, sources }: Props) {
  const words = useWords()
  const control = useRef<FilterControl>({ showFault: () => {}, close: () => {} })
  const { filters, note } = asked
  const { turns, running, writing, kept } = asked.conversation
  const first = turns.length === 0
  const mayAsk = () => {
    const may = filters.faults.from === null && filters.faults.until === null
    if (may) control.current.close()
    else control.current.showFault()
    return may
  }
  return (
    <div class="asking">
      {note && (
        <p class="note" role="status">
          {note}
        </p>
      )}
      <QuestionBox
        field={field}
        running={running}
        writing={writing !== null}
        placeholder={first ? '' : words.placeholder}
        onAsk={asked.ask}
        mayAsk={mayAsk}
        onStop={asked.stop}
      />
      <FilterLine state={filters} sources={sources} control={control}>
        {!first && (
          <div class="whole-conversation">
            <button type="button" class="action" aria-label={words.saveConversation} title={words.saveConversation} onClick={asked.save}>
              {words.save}
            </button>
            <button type="button" class="action" aria-label={words.clearConversation} title={words.clearConversation} onClick={asked.clear}>
              {words.clear}
            </button>
          </div>
        )}
      </FilterLine>
      {!kept && <p class="note small">{words.notKept}</p>}
    </div>
  )
}
