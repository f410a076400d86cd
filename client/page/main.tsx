import { render } from 'preact'
import '../ui/ink.css'
import '../ui/controls.css'
import '../ui/answer.css'
import '../ui/disagreement.css'
import '../ui/source.css'
import './page.css'
import './turn.css'
import { Page } from './page.tsx'

// Back closes a source; the conversation beside it stays where the reader has moved it since.
history.scrollRestoration = 'manual'

const root = document.getElementById('page')
if (root) render(<Page />, root)
