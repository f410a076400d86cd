import { SkipFile } from '../errors.ts'

/** What is shown for some time of a recording. */
export interface Cue {
  /** Seconds from the beginning of the recording. */
  start: number
  end: number
  lines: CueLine[]
}

export interface CueLine {
  text: string
  /** Who speaks, where the format has a mark for it. */
  voice: string | null
}

/** Cues of a file, at most: a day of talk has 40,000. */
const MAX_CUES = 100_000

const TIME = String.raw`((?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,6})?)`
const TIMING = new RegExp(String.raw`^\s*${TIME}[ \t]*-->[ \t]*${TIME}(?:\s.*)?$`)
const VOICE = /(<v(?:\.[^\s>]{0,100})?[ \t]+[^>]{0,200}>|<\/v>)/i
const TAG = /<\/?(?:[a-z][\w.:-]{0,100}|\d[\d:.]{0,20})(?:\s[^<>]{0,300})?\/?>|\{\\[^{}]{0,200}\}/gi
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp|lrm|rlm));/gi
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', lrm: '\u200e', rlm: '\u200f' }

/**
 * The cues of a subtitle file, by their time, without tags and positions. In WebVTT an empty line ends a cue; in SubRip only the next times
 * do, and the number before them is not text. Throws SkipFile when there are none, or too many.
 */
export function cuesOf(document: string, format: 'srt' | 'vtt'): Cue[] {
  const found: { start: number; end: number; raw: string[] }[] = []
  let open: string[] | null = null
  for (const line of document.split(/\r\n?|\n/)) {
    const timing = line.includes('-->') ? TIMING.exec(line) : null
    if (timing) {
      if (format === 'srt' && /^\s*\d+\s*$/.test(open?.at(-1) ?? '')) open?.pop()
      open = []
      found.push({ start: seconds(timing[1]), end: seconds(timing[2]), raw: open })
      if (found.length > MAX_CUES) throw new SkipFile('TOO_MANY_CUES', `It has more than ${MAX_CUES} cues; split it.`)
    } else if (format === 'vtt' && line === '') open = null
    else open?.push(line)
  }
  if (found.length === 0) throw new SkipFile('NO_CUES', 'No line of it has times such as 00:00:01.000 --> 00:00:04.000; save the subtitles again.')
  return found.map(({ start, end, raw }) => ({ start, end, lines: linesOf(raw) })).sort((a, b) => a.start - b.start)
}

function linesOf(raw: string[]): CueLine[] {
  const lines: CueLine[] = []
  let voice: string | null = null
  for (const piece of raw.flatMap((line) => line.split(VOICE))) {
    const name = /^<v[.\s]/i.test(piece) && VOICE.test(piece) ? piece.replace(/^<v\S*\s+|>$/gi, '') : null
    if (name !== null) voice = shown(name) || null
    else if (/^<\/v>$/i.test(piece)) voice = null
    else if (shown(piece) !== '') lines.push({ text: shown(piece), voice })
  }
  return lines
}

function shown(piece: string): string {
  return piece
    .replace(TAG, '')
    .replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
      const code = name ? 0 : Number.parseInt(decimal ?? hex ?? '', decimal ? 10 : 16)
      if (name) return NAMED[name.toLowerCase()] ?? entity
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\ufffd'
    })
    .replace(/[ \t\f\v]+/g, ' ')
    .trim()
}

function seconds(time = ''): number {
  const [whole = '', fraction = '0'] = time.split(/[.,]/)
  const sum = whole.split(':').reduce((total, part) => total * 60 + Number(part), 0)
  return Math.round((sum + Number(`0.${fraction}`)) * 1000) / 1000
}
