import type { Answer, OnRecordAttributes, OnRecordElement } from 'onrecord/widget'
import { type Ref, useEffect, useRef } from 'react'
import 'onrecord/widget'

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'on-record': OnRecordAttributes & { ref?: Ref<OnRecordElement> }
    }
  }
}

export function RecordWidget({ server, onAnswer }: { server: string; onAnswer: (answer: Answer) => void }) {
  const element = useRef<OnRecordElement>(null)
  useEffect(() => {
    const record = element.current
    const answered = (event: CustomEvent<Answer>) => onAnswer(event.detail)
    record?.addEventListener('answer', answered)
    return () => record?.removeEventListener('answer', answered as EventListener)
  }, [onAnswer])
  return <on-record ref={element} server={server} heading="Ask the record" />
}
