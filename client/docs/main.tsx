import '../ui/ink.css'
import '../ui/controls.css'
import './docs.css'
import { mount } from '../page/mount.tsx'
import { Docs } from './docs.tsx'

const { words } = mount(Docs)
document.title = `${words.docs.title} · ${words.name}`
