import '../ui/ink.css'
import '../ui/controls.css'
import '../ui/answer.css'
import '../ui/disagreement.css'
import '../ui/source.css'
import '../ui/suggestions.css'
import './page.css'
import './asking.css'
import './record.css'
import './prose.css'
import '../ui/turn.css'
import './thumbs.css'
import { mount } from './mount.tsx'
import { Page } from './page.tsx'

// Back closes a source; the conversation beside it stays where the reader has moved it since.
history.scrollRestoration = 'manual'

mount(Page)
