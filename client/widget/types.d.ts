import type { Answer, Citation } from '../../server/contract.ts'

export type { Answer, Citation }

/** The attributes of `<on-record>`; the script's own tag takes them as `data-…`. */
export interface OnRecordAttributes {
  /** The address of the server. Default: where the script came from. */
  server?: string
  /** launcher: a button in a corner of the window, which opens a panel. inline (the default of the element): where it stands. */
  mode?: 'inline' | 'launcher'
  /** auto (the default): as the reader's device. host: font and size of the page it stands in, light or dark by the page's text colour. */
  theme?: 'light' | 'dark' | 'auto' | 'host'
  /** A BCP 47 tag. Default: the language of the page, else the browser's. */
  lang?: string
  /** Stands above the questions, and is the name of the launcher. */
  heading?: string
  /** Stands in the empty question box. */
  placeholder?: string
  /** Questions to begin with. Default: on. */
  suggestions?: 'on' | 'off'
  /** The corner of the launcher, at the end or the start of a line. Default: end. */
  position?: 'end' | 'start'
  /** Asks only documents of this outlet. */
  outlet?: string
  /** Asks only the document with this id. */
  source?: string
}

/** Why something failed. refused: the server does not list the page's origin in ONRECORD_ORIGINS. */
export type OnRecordFailure = 'refused' | 'offline' | 'cut' | 'limited' | 'problem' | 'stopped'

/** What a rejected `ask()` rejects with. */
export interface OnRecordError extends Error {
  kind: OnRecordFailure
}

export interface OnRecordEventMap {
  /** The server has answered: questions can be asked. */
  ready: CustomEvent<null>
  open: CustomEvent<null>
  close: CustomEvent<null>
  answer: CustomEvent<Answer>
  /** `preventDefault()` keeps the source from being opened in a new tab: the page opens it itself. `citation` is null for a place unknown to it. */
  'citation-click': CustomEvent<{ citation: Citation | null; source: string; start: number | null; end: number | null; link: string }>
  /** For the owner of the page, in English; visitors are told in their own words. */
  error: CustomEvent<{ kind: OnRecordFailure; message: string }>
}

export interface OnRecordElement extends HTMLElement {
  /** Asks; the answer is shown as well. Questions are asked one after another. Rejects with an OnRecordError. */
  ask(question: string): Promise<Answer>
  /** Opens the launcher's panel and moves the focus into it. */
  open(): void
  close(): void
  /** Takes the element out of the page, with whatever it holds. */
  destroy(): void
  addEventListener<K extends keyof OnRecordEventMap>(
    type: K,
    listener: (this: OnRecordElement, event: OnRecordEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void
}

export interface OnRecordMountOptions extends OnRecordAttributes {
  /** Where it is put: the end of this element, or of the first that the selector finds. Default: the body. */
  target?: Element | string
}

declare global {
  interface HTMLElementTagNameMap {
    'on-record': OnRecordElement
  }

  /** The one global of the script. */
  var OnRecord: {
    readonly version: string
    /** Makes an element and puts it into the page; its mode is launcher unless another is given. */
    mount(options?: OnRecordMountOptions): OnRecordElement
  }
}
