import '../ui/ink.css'
import '../ui/controls.css'
import './embed.css'
import { mount } from '../page/mount.tsx'
import { Embed } from './embed.tsx'

const { words } = mount(Embed)
document.title = `${words.embed.title} · ${words.name}`
