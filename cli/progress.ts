import cliProgress from 'cli-progress'
import type { Progress } from '../index/build.ts'

export interface Bar {
  update(progress: Progress): void
  stop(): void
}

const SILENT: Bar = { update() {}, stop() {} }

/** A bar on stderr with passages a second and the time left; nothing when asked for quiet or where no terminal is. */
export function progressBar(quiet: boolean): Bar {
  if (quiet || !process.stderr.isTTY) return SILENT
  const began = performance.now()
  const bar = new cliProgress.SingleBar({
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    format: (options, { progress }, { passages, left }: { passages?: number; left?: string }) => {
      const seconds = (performance.now() - began) / 1000
      const rate = Math.round((passages ?? 0) / Math.max(seconds, 0.1))
      return `Indexing ${cliProgress.Format.BarFormat(progress, options)} ${Math.round(progress * 100)} %  ${passages ?? 0} passages, ${rate}/s${left ?? ''}`
    },
  })
  bar.start(1, 0, {})
  return {
    update({ passages, bytes, totalBytes }) {
      const share = totalBytes > 0 ? bytes / totalBytes : 0
      const seconds = (performance.now() - began) / 1000
      const left = share > 0.02 ? `, ${duration((seconds / share) * (1 - share))} left` : ''
      bar.update(share, { passages, left })
    },
    stop: () => bar.stop(),
  }
}

function duration(seconds: number): string {
  const s = Math.ceil(seconds)
  if (s < 60) return `${s} s`
  return s < 3600 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`
}
