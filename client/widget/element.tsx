import { render } from 'preact'
import type { Answer } from '../../server/contract.ts'
import type { Failure } from '../api.ts'
import { ATTRIBUTES, optionsOf } from './options.ts'
import type { Followed } from './reader.tsx'
import { kindOf, type Report, SiteServer } from './site-server.ts'
import { styleSheet } from './style-sheet.ts'
import type { OnRecordElement as Public } from './types.d.ts'
import { type Asked, Refused, Widget } from './widget.tsx'

/** Below this the panel covers the window; widget.css has the same. */
const NARROW = '(max-width: 480px), (max-height: 480px)'

/** `<on-record>`. `home` is the server that it asks when it names none. */
export function elementFrom(home: string | null): new () => Public {
  return class extends HTMLElement implements Public {
    static readonly observedAttributes = ATTRIBUTES
    readonly #shadow = this.attachShadow({ mode: 'open' })
    /** The server of an address; none where that is no web address. */
    #server: { address: string | null; server: SiteServer | null } | null = null
    #asked: Asked[] = []
    #open = false
    #opener: HTMLElement | null = null
    #connections = 0
    #listening: AbortController | null = null

    connectedCallback() {
      this.#shadow.adoptedStyleSheets = [styleSheet()]
      this.#listening = new AbortController()
      matchMedia(NARROW).addEventListener('change', () => this.#draw(), { signal: this.#listening.signal })
      this.#connections++
      this.#draw()
    }

    /** The conversation is kept: a site that changes its pages itself may put the element back. */
    disconnectedCallback() {
      this.#listening?.abort()
    }

    attributeChangedCallback() {
      if (this.isConnected) this.#draw()
    }

    ask(question: string): Promise<Answer> {
      return new Promise((resolve, reject) => {
        const failed = (failure: Failure) => reject(Object.assign(new Error(`On Record: ${kindOf(failure)}`), { kind: kindOf(failure) }))
        const asked: Asked = {
          question: `${question}`.trim(),
          answered: (answer) => this.#next(asked, () => resolve(answer)),
          failed: (failure) => this.#next(asked, () => failed(failure)),
        }
        this.#asked = [...this.#asked, asked]
        if (this.isConnected) this.#draw()
      })
    }

    open() {
      if (this.#open || !this.isConnected || optionsOf(this, home).mode === 'inline') return
      this.#opener = focusOutside(this)
      this.#open = true
      this.#draw()
      const field = matchMedia('(pointer: coarse)').matches ? null : this.#shadow.querySelector<HTMLElement>('textarea')
      const first = field ?? this.#shadow.querySelector<HTMLElement>('#heading')
      first?.focus({ preventScroll: true })
      this.#tell('open', null)
    }

    close() {
      if (!this.#open) return
      const elsewhere = focusOutside(this)
      this.#open = false
      this.#draw()
      // Whoever has gone on to something of the site's stays there.
      if (!elsewhere) (this.#opener?.isConnected ? this.#opener : this.#shadow.querySelector<HTMLElement>('.launcher'))?.focus({ preventScroll: true })
      this.#tell('close', null)
    }

    destroy() {
      this.#open = false
      this.remove()
      render(null, this.#shadow)
      this.#server = null
      this.#opener = null
      this.#refuse()
    }

    #draw() {
      const options = optionsOf(this, home)
      const { server, address } = this.#serverAt(options.server)
      if (!server) {
        render(<div class="root">{options.mode === 'inline' && <Refused text={options.words.notAvailable} />}</div>, this.#shadow)
        this.#refuse()
        return
      }
      server.filters = options.filters
      render(
        <Widget
          key={address}
          options={options}
          server={server}
          asked={this.#asked[0]}
          open={this.#open}
          narrow={matchMedia(NARROW).matches}
          connection={this.#connections}
          onOpen={() => this.open()}
          onClose={() => this.close()}
          onReady={() => this.#tell('ready', null)}
          onAnswer={(answer) => this.#tell('answer', answer)}
          onFollow={(followed) => this.#follow(followed, server)}
        />,
        this.#shadow,
      )
    }

    #serverAt(address: string | null): { address: string | null; server: SiteServer | null } {
      if (this.#server?.address === address) return this.#server
      const server = address === null ? null : new SiteServer(address, (report) => this.#report(report))
      this.#server = { address, server }
      if (!server) this.#report({ kind: 'problem', message: 'its server is missing, or is no web address.' })
      return this.#server
    }

    /** Nobody is there to answer what the site asks. */
    #refuse() {
      const asked = this.#asked
      this.#asked = []
      for (const { failed } of asked) failed({ kind: 'stopped' })
    }

    /** One question of the site's is over, the next one's turn. */
    #next(asked: Asked, settle: () => void) {
      const waiting = this.#asked.includes(asked)
      this.#asked = this.#asked.filter((other) => other !== asked)
      settle()
      if (waiting && this.isConnected) this.#draw()
    }

    #follow({ citation, source, span }: Followed, server: SiteServer) {
      const { start, end } = span ?? { start: null, end: null }
      const link = server.sourceUrl(source, start, end)
      if (this.#tell('citation-click', { citation, source, start, end, link })) window.open(link, '_blank', 'noopener')
    }

    #report({ kind, message }: Report) {
      console.error(`On Record: ${message}`)
      // At the window it would be taken for an error of the site's own scripts.
      const keep = (event: Event) => event.stopPropagation()
      document.addEventListener('error', keep)
      this.#tell('error', { kind, message })
      document.removeEventListener('error', keep)
    }

    /** False when the site has taken it over. */
    #tell(type: string, detail: unknown): boolean {
      return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: type === 'citation-click' }))
    }
  }
}

/** What has the focus, unless it is the element, or nothing. */
function focusOutside(element: HTMLElement): HTMLElement | null {
  // The element may stand in a shadow root of the site's.
  const active = (element.getRootNode() as Document | ShadowRoot).activeElement ?? document.activeElement
  return active instanceof HTMLElement && active !== element && active !== document.body ? active : null
}
