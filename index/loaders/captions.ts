import type { Loaded, Moment, Turn } from '../types.ts'
import type { Cue, CueLine } from './cues.ts'
import { speakerLabels } from './speaker-labels.ts'

/** Seconds without words after which a paragraph begins. */
const PAUSE = 3
/** Seconds between cues that follow each other without a pause, at most. */
const TOUCHING = 0.05
/** Characters of a line that another may go on with word by word, at least: "No. No." is said twice. */
const GROWING = 8
const ENDS_SENTENCE = /[.!?…。！？][”"’')\]]*$/u
/** How the lines of two who speak begin in one cue. */
const DASH = /^[-–—] ?\S/
const WITHOUT_SPACES = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef]/u

/**
 * What is said in a recording, as its cues show it: a paragraph until somebody else speaks or nobody does for some seconds, lines that roll
 * up once. A label is left out of the text where it tells who speaks. It holds until the next one where the first words have one or where
 * changes are marked, as in a transcript; elsewhere, where only those are named who are not seen, until its sentence ends.
 */
export function textOfCues(cues: Cue[]): Required<Pick<Loaded, 'text' | 'moments' | 'turns'>> {
  const said = withoutRepeats(cues)
  const lines = said.flatMap((cue) => cue.lines)
  const voices = lines.some(({ voice }) => voice !== null)
  const read = voices ? null : speakerLabels(lines.map(({ text }) => text))
  const labelled = ({ text, voice }: CueLine) => read?.(text) ?? { text, speaker: voice, marked: false }
  const labels = lines.map(labelled)
  const holds = labels[0]?.speaker !== undefined || labels.some(({ marked }) => marked)
  const writer = new TurnWriter()
  let speaker: string | null = null
  let end = Number.POSITIVE_INFINITY
  for (const cue of said) {
    if (cue.start - end > PAUSE) writer.paragraph()
    end = cue.end
    const dashes = cue.lines.filter(({ text }) => DASH.test(text)).length > 1
    writer.moment(cue.start)
    for (const line of cue.lines) {
      const { text, marked, speaker: named } = labelled(line)
      const another = marked || (dashes && DASH.test(line.text))
      if (named !== undefined) speaker = named
      else if (another || (!holds && writer.endsSentence)) speaker = null
      if (another || speaker !== writer.speaker) writer.paragraph()
      writer.say(text, speaker)
    }
  }
  return writer.written()
}

/** Cues without the lines that stand there already from the one before. */
function withoutRepeats(cues: Cue[]): Cue[] {
  const kept: Cue[] = []
  let before: Cue | null = null
  for (const cue of cues) {
    const lines = before && cue.start <= before.end + TOUCHING ? linesAfter(before.lines, cue.lines) : cue.lines
    if (lines.length > 0) kept.push({ ...cue, lines })
    if (cue.lines.length > 0) before = cue
  }
  return kept
}

function linesAfter(before: CueLine[], lines: CueLine[]): CueLine[] {
  for (let count = Math.min(before.length, lines.length); count > 0; count--) {
    const shown = before.slice(-count)
    const last = shown.at(-1)?.text ?? ''
    const now = lines[count - 1] as CueLine
    if (!shown.every(({ text }, i) => i === count - 1 || text === lines[i]?.text)) continue
    if (now.text === last) return lines.slice(count)
    if (last.length >= GROWING && now.text.startsWith(`${last} `)) return [{ ...now, text: now.text.slice(last.length + 1) }, ...lines.slice(count)]
  }
  return lines
}

/** Joins lines into paragraphs, and keeps where each moment and each speaker's words begin. */
class TurnWriter {
  speaker: string | null = null
  private readonly parts: string[] = []
  private readonly moments: Moment[] = []
  private readonly turns: Turn[] = []
  private length = 0
  private last = ''
  private fresh = true
  private time: number | null = null

  get endsSentence(): boolean {
    return ENDS_SENTENCE.test(this.last)
  }

  paragraph(): void {
    this.fresh = true
  }

  moment(time: number): void {
    this.time = time
  }

  say(text: string, speaker: string | null): void {
    this.speaker = speaker
    // A label may stand on a line of its own; its speaker has not ended a sentence yet.
    if (text === '') {
      this.last = ''
      return
    }
    this.put(this.length === 0 ? '' : this.fresh ? '\n\n' : this.glue(text))
    if (this.time !== null) this.moments.push({ at: this.length, time: this.time })
    this.time = null
    const turn = this.fresh ? undefined : this.turns.at(-1)
    const end = this.length + text.length
    if (speaker !== null && turn) turn.end = end
    else if (speaker !== null) this.turns.push({ start: this.length, end, speaker })
    this.put(text)
    this.last = text
    this.fresh = false
  }

  written(): Required<Pick<Loaded, 'text' | 'moments' | 'turns'>> {
    return { text: this.parts.join(''), moments: this.moments, turns: this.turns }
  }

  private glue(text: string): string {
    return WITHOUT_SPACES.test(this.last.at(-1) ?? '') && WITHOUT_SPACES.test(text[0] ?? '') ? '' : ' '
  }

  private put(part: string): void {
    this.parts.push(part)
    this.length += part.length
  }
}
