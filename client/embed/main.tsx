import { render } from 'preact'
import '../ui/ink.css'
import '../ui/controls.css'
import './embed.css'
import { Server } from '../api.ts'
import { SettingProvider } from '../ui/setting.ts'
import { wordsIn } from '../words/languages.ts'
import { Embed } from './embed.tsx'

const root = document.getElementById('page')
const words = wordsIn(navigator.languages)
document.documentElement.lang = words.locale
document.documentElement.dir = words.dir
document.title = `${words.embed.title} · ${words.name}`
const setting = { server: new Server(document.baseURI), words }
if (root)
  render(
    <SettingProvider value={setting}>
      <Embed />
    </SettingProvider>,
    root,
  )
