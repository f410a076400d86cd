import { once } from 'node:events'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type FSWatcher, watch } from 'chokidar'
import { OnRecordError } from './errors.ts'
import { IGNORE } from './ignored.ts'
import { formatOf } from './loaders/registry.ts'

/** So long nothing must change, in ms: editors and copies write in parts, and many files come together. */
const QUIET = 300
/** What goes on changing for longer is read as it is, in ms. */
const BURST = 5000

/** Says when something in folders has changed that an index depends on. */
export class FolderWatch {
  private readonly watcher: FSWatcher
  private changedAt: number | null = null
  private failure: OnRecordError | null = null
  private wake: () => void = () => {}

  private constructor(watcher: FSWatcher) {
    this.watcher = watcher
    watcher.on('all', (event, path) => {
      if (event !== 'addDir' && (event === 'unlinkDir' || counts(path))) this.changed()
    })
    watcher.on('error', (error) => {
      this.failure = failed(error)
      this.wake()
    })
  }

  /** Begins to watch folders; what changes from now on is seen. */
  static async start(folders: string[]): Promise<FolderWatch> {
    const watcher = watch(folders, { ignoreInitial: true, ignored: isHidden })
    const made = new FolderWatch(watcher)
    await once(watcher, 'ready')
    return made
  }

  /** Resolves once something has changed since it last did, and comes to rest; to false when the signal is aborted. Throws WATCH_FAILED. */
  async next(signal: AbortSignal): Promise<boolean> {
    while (this.changedAt === null && !signal.aborted && !this.failure) {
      await new Promise<void>((resolve) => {
        this.wake = () => {
          signal.removeEventListener('abort', this.wake)
          resolve()
        }
        signal.addEventListener('abort', this.wake)
      })
    }
    if (this.failure) throw this.failure
    if (signal.aborted) return false
    const began = performance.now()
    while (performance.now() - (this.changedAt ?? 0) < QUIET && performance.now() - began < BURST) await wait(QUIET / 6)
    this.changedAt = null
    return true
  }

  async close(): Promise<void> {
    await this.watcher.close()
  }

  private changed(): void {
    this.changedAt = performance.now()
    this.wake()
  }
}

function isHidden(path: string): boolean {
  const name = basename(path)
  return (name.startsWith('.') && name !== IGNORE && name.length > 1) || name === 'node_modules'
}

/** Is a file a document, or does it say something of one (sources.yaml, NAME.meta.yaml)? */
function counts(path: string): boolean {
  return formatOf(path) !== undefined || path.endsWith('.yaml') || basename(path) === IGNORE
}

function failed(error: unknown): OnRecordError {
  const { code, message } = error as NodeJS.ErrnoException
  const remedy = code === 'ENOSPC' ? 'Raise fs.inotify.max_user_watches, or watch a smaller folder.' : 'Start it again.'
  return new OnRecordError('WATCH_FAILED', `The folders cannot be watched: ${message}.`, remedy, { cause: error })
}
