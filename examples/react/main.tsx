import type { Answer } from 'onrecord/widget'
import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { RecordWidget } from './record.tsx'

const SERVER = import.meta.env.VITE_RECORD_SERVER ?? 'http://localhost:3000/'

function Site() {
  const [place, setPlace] = useState('record')
  const [answer, setAnswer] = useState<Answer | null>(null)
  return (
    <>
      <nav>
        <button type="button" onClick={() => setPlace('news')}>
          News
        </button>
        <button type="button" onClick={() => setPlace('record')}>
          The record
        </button>
      </nav>
      {place === 'news' ? <h1>News</h1> : <RecordWidget server={SERVER} onAnswer={setAnswer} />}
      {answer && (
        <p>
          {answer.status}: {answer.citations.length} quotes
        </p>
      )}
    </>
  )
}

createRoot(document.getElementById('site') as HTMLElement).render(
  <StrictMode>
    <Site />
  </StrictMode>,
)
