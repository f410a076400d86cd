import cliProgress from 'cli-progress'
import type { Progress } from '../index/pipeline.ts'
import type { ProgressForm } from './progress-form.ts'

export interface Bar<T> {
  update(progress: T): void
  stop(): void
}

/** Progress on stderr, with passages a second and the time left. */
export function progressOf(form: ProgressForm, doing = 'Indexing'): Bar<Progress> {
  if (form === 'jsonl') return lines()
  const { show, stop } = bar(doing, 'passages', form === 'none')
  return { update: ({ passages, bytes, totalBytes }) => show(passages, totalBytes > 0 ? bytes / totalBytes : 0), stop }
}

/** Time between two lines, at least, in ms. */
const LINE_EVERY = 500

function lines(): Bar<Progress> {
  const began = performance.now()
  let last: Progress | null = null
  let toldAt = 0
  const tell = ({ passages, bytes, totalBytes }: Progress) => {
    const seconds = (performance.now() - began) / 1000
    const share = totalBytes > 0 ? bytes / totalBytes : 0
    const secondsLeft = share > 0 ? rounded((seconds / share) * (1 - share)) : null
    console.error(JSON.stringify({ passages, bytes, totalBytes, seconds: rounded(seconds), passagesPerSecond: rounded(passages / seconds), secondsLeft }))
    toldAt = performance.now()
    last = null
  }
  return {
    update(progress) {
      last = progress
      if (performance.now() - toldAt >= LINE_EVERY) tell(progress)
    },
    stop: () => last && tell(last),
  }
}

function rounded(number: number): number {
  return Math.round(number * 10) / 10
}

/** The same for questions that are asked, of which so many are done. */
export function questionBar(total: number, quiet: boolean): Bar<number> {
  const { show, stop } = bar('Asking', 'questions', quiet)
  return { update: (done) => show(done, done / total), stop }
}

function bar(doing: string, things: string, quiet: boolean): { show(count: number, share: number): void; stop(): void } {
  if (quiet || !process.stderr.isTTY) return { show() {}, stop() {} }
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  const single = new cliProgress.SingleBar({
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    format: (options, { progress }, { count = 0, left = '' }: { count?: number; left?: string }) => {
      const rate = Math.round(count / Math.max(seconds(), 0.1))
      return `${doing} ${cliProgress.Format.BarFormat(progress, options)} ${Math.round(progress * 100)} %  ${count} ${things}, ${rate}/s${left}`
    },
  })
  single.start(1, 0, {})
  return {
    show(count, share) {
      const left = share > 0.02 ? `, ${duration((seconds() / share) * (1 - share))} left` : ''
      single.update(share, { count, left })
    },
    stop: () => single.stop(),
  }
}

function duration(seconds: number): string {
  const s = Math.ceil(seconds)
  if (s < 60) return `${s} s`
  return s < 3600 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`
}
