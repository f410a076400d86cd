/** Documents and questions that want to be taken for anything but text; the same ones each time. */
export const COUNT = 300
/** One text of each kind; `n` makes those of a kind differ. None holds a line break or the sign of a sentence's end. */
const KINDS: Record<string, (n: number) => string> = {
  script: (n) => `<script>alert(${n})</script><SCRIPT SRC=//evil.example/${n}.js></SCRIPT>`,
  handlers: (n) => `<img src=x${n} onerror=alert(1)><svg/onload=alert(2)><body onload=alert(3)><details open ontoggle=alert(4)>`,
  'broken attributes': (n) => `" autofocus onfocus=alert(${n}) x="' onmouseover='alert(1)' \`\`onclick=alert(2)></mark></blockquote></article>`,
  'script addresses': (n) => `[click](javascript:alert(${n})) <a href="javascript:alert(1)">x</a> JaVaScRiPt://%0aalert(2) vbscript:x`,
  'data addresses': (n) => `data:text/html,<script>alert(${n})</script> data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`,
  'frames and forms': (n) =>
    `<iframe srcdoc="<script>parent.alert(${n})</script>"></iframe><form action=//evil.example><button>Ask</button></form><base href=//evil.example>`,
  entities: (n) => `&lt;b&gt; &amp;amp; &#60;script&#62; &#x3c;${n} &nbsp; &zwj; &notanentity; &#0; &amp;lt;script&amp;gt;`,
  overrides: (n) => `\u202eexe${n}.fdp\u202d and \u202b then \u202a more \u200f\u200e\u061c`,
  'open isolates': (n) => `\u2066\u2067\u2068${n} \u202e never \u2067 closed`,
  'closing isolates': (n) => `\u2069\u2069\u202c\u2069\u202e said ${n} never \u2069\u202e`,
  'unseen characters': (n) => `h\u200bid\u200cd\u200den${n}\u2060\ufeff\u00ad\u180e${'\u200b'.repeat(300)}`,
  'piled marks': (n) => `z${'\u0335\u0327\u0321\u030d\u0351\u0306'.repeat(15)}a${'\u0489'.repeat(40)}lgo${n}`,
  'a huge word': (n) => `${'x'.repeat(10_000)}${n}`,
  'a huge word of signs': (n) => `${'W—/_'.repeat(100)}${n}`,
  emoji: (n) =>
    `\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}${'\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}'.repeat(20)}\u{1f44d}\u{1f3ff}\ufe0f\u20e3${n}\u{1f1e9}`,
  'near nulls': (n) => `\u0001\u0002\u001b[31m\u007f\u0085 \\u0000 \\0 %00 \u2400 \ufffd \ufffe \uffff \u2028\u2029 null undefined NaN ${n}`,
  'style sheets': (n) => `<style>*{display:none}</style> body{background:url(//evil.example/${n})} */ --ink: red; } @import "//evil.example"`,
  templates: (n) => `{{constructor.constructor('alert(${n})')()}} \${alert(1)} <%= 7*7 %> #{7*7} {%debug%} __proto__ [object Object] %s %d $& $1`,
  markdown: (n) => `# **bold** _it_ ![x](//evil.example/${n}.png) <http://evil.example> [^1] ~~~ \`\`\` | a | b | --- > quoted * * *`,
  'right to left': (n) => `قال <b>الرئيس</b> (${n}) abc – [غير] שלום 12/3 "لا"`,
}
export const KIND_NAMES = Object.keys(KINDS)

export interface Case {
  kind: string
  /** Stands in this document only. */
  word: string
  payload: string
}

export const CASES: Case[] = Array.from({ length: COUNT }, (_, n) => {
  const kind = KIND_NAMES[n % KIND_NAMES.length] as string
  return { kind, word: wordOf(n), payload: KINDS[kind]?.(n) as string }
})

/** What stands in the document. */
export function textOf({ word, payload }: Case, n: number): string {
  return [
    `The ${word} notice of the harbour office says ${payload}, and it was put up on the quay wall.\n`,
    `"${begin(payload, 80)} and nothing else," said ${nameOf(n)}, keeper of the ${word}.\n`,
  ].join('\n')
}

/** A question that it answers. Half of them put the text into the question too. */
export function questionOf({ word, payload }: Case, n: number): string {
  return Math.floor(n / KIND_NAMES.length) % 2 === 0
    ? `What does the ${word} notice of the harbour office say?`
    : `What does the ${word} notice say of ${begin(payload, 300)}?`
}

/** Cut between characters. */
function begin(text: string, length: number): string {
  return [...text].slice(0, length).join('')
}

function nameOf(n: number): string {
  return `${['Ada', 'Bram', 'Cora', 'Dov'][n % 4]} ${wordOf(n * 7).replace(/^./, (letter) => letter.toUpperCase())}`
}

/** Titles, outlets and authors as hostile as the texts, some very long; addresses that no link may have. */
export function sidecar(): string {
  const files = CASES.map(({ word, payload }, n) => {
    const long = n % 3 === 0 ? ` ${payload}`.repeat(Math.ceil(400 / payload.length)) : ''
    const url = [`javascript:alert(${n})`, `data:text/html,${n}`, ` java\tscript:alert(1)`, `https://example.org/"><script>${n}`][n % 4]
    return [
      `${word}.txt`,
      { title: `${begin(payload, 500)}${long}`, outlet: `${begin(payload, 300)} Press`, author: begin(payload, 100), published: '2025-05-02', url },
    ]
  })
  return JSON.stringify({ files: Object.fromEntries(files) })
}

/** A word that nothing else holds: "bakelo", "bakemi", ... */
function wordOf(n: number): string {
  const [first, second] = ['b d f g k l m n p r s t v z', 'a e i o u'].map((letters) => letters.split(' ')) as [string[], string[]]
  const syllable = (k: number) => `${first[k % 14]}${second[Math.floor(k / 14) % 5]}`
  return `${syllable(n)}${syllable(n * 3 + 1)}${syllable(Math.floor(n / 14) + 5)}${syllable(n % 11)}`
}
