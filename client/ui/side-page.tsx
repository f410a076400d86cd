import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { ReadingProvider } from './reading.ts'
import { useSetting } from './setting.ts'

/** A page beside the conversation: the name above, which leads back, and what is only said, not shown. */
export function SidePage({ children }: { children: ComponentChildren }) {
  const { server, words } = useSetting()
  const [said, announce] = useState('')
  return (
    <ReadingProvider value={{ current: null, titleOf: () => null, announce }}>
      <header class="masthead">
        <h1>
          <a href={server.url('')}>{words.name}</a>
        </h1>
      </header>
      {children}
      <p class="off-screen" aria-live="polite">
        {said}
      </p>
    </ReadingProvider>
  )
}
