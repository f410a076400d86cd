import { render } from 'preact'
import '../ui/ink.css'
import '../ui/controls.css'
import '../ui/answer.css'
import '../ui/disagreement.css'
import '../ui/source.css'
import './page.css'
import './asking.css'
import './record.css'
import '../ui/turn.css'
import { Server } from '../api.ts'
import { SettingProvider } from '../ui/setting.ts'
import { wordsIn } from '../words/languages.ts'
import { Page } from './page.tsx'

// Back closes a source; the conversation beside it stays where the reader has moved it since.
history.scrollRestoration = 'manual'

const root = document.getElementById('page')
const words = wordsIn(navigator.languages)
document.documentElement.lang = words.locale
document.documentElement.dir = words.dir
const setting = { server: new Server(document.baseURI), words }
if (root)
  render(
    <SettingProvider value={setting}>
      <Page />
    </SettingProvider>,
    root,
  )
