import { type ComponentType, render } from 'preact'
import { Server } from '../api.ts'
import { type Setting, SettingProvider } from '../ui/setting.ts'
import { wordsIn } from '../words/languages.ts'

/** Shows one of our pages in the reader's language, with the server that it came from. */
export function mount(View: ComponentType): Setting {
  const words = wordsIn(navigator.languages)
  document.documentElement.lang = words.locale
  document.documentElement.dir = words.dir
  const setting = { server: new Server(document.baseURI), words }
  const root = document.getElementById('page')
  if (root)
    render(
      <SettingProvider value={setting}>
        <View />
      </SettingProvider>,
      root,
    )
  return setting
}
