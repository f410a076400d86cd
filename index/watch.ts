import { realpath } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
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
      // What is true of one file stops nothing.
      if (!NO_MORE.has((error as NodeJS.ErrnoException).code ?? '')) return
      this.failure = failed(error)
      this.wake()
    })
  }

  /** Begins to watch folders, but for the index itself; what changes from now on is seen. Throws WATCH_FAILED. */
  static async start(folders: string[], index?: string): Promise<FolderWatch> {
    const roots = new Set(await Promise.all(folders.map((folder) => realpath(folder).catch(() => resolve(folder)))))
    const ignored = (path: string) => path === index || (!roots.has(path) && isHidden(path))
    // A link that leads into the folder leads to what is watched, and one that leads out is not followed.
    const watcher = watch([...roots], { ignoreInitial: true, ignored, followSymlinks: false, ignorePermissionErrors: true })
    const made = new FolderWatch(watcher)
    await new Promise<void>((ready) => {
      made.wake = ready
      watcher.once('ready', ready)
    })
    if (!made.failure) return made
    await made.close()
    throw made.failure
  }

  /**
   * Resolves once something has changed since it last did, and comes to rest, or, in any case, after so many ms; to false when the signal is
   * aborted. `begun` is called when it begins to wait for rest. Throws WATCH_FAILED.
   */
  async next(signal: AbortSignal, { atMost, begun }: { atMost?: number | undefined; begun?: () => void } = {}): Promise<boolean> {
    const until = atMost === undefined ? null : AbortSignal.timeout(atMost)
    const stop = AbortSignal.any(until ? [signal, until] : [signal])
    while (this.changedAt === null && !stop.aborted && !this.failure) {
      await new Promise<void>((resolve) => {
        this.wake = () => {
          stop.removeEventListener('abort', this.wake)
          resolve()
        }
        stop.addEventListener('abort', this.wake)
      })
    }
    if (this.failure) throw this.failure
    if (signal.aborted) return false
    begun?.()
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

/** What the system says when it can watch no more files. */
const NO_MORE = new Set(['ENOSPC', 'EMFILE', 'ENFILE'])

function isHidden(path: string): boolean {
  const name = basename(path)
  return (name.startsWith('.') && name !== IGNORE && name.length > 1) || name === 'node_modules'
}

/** Is a file a document, or does it say something of one (sources.yaml, NAME.meta.yaml)? */
function counts(path: string): boolean {
  return formatOf(path) !== undefined || path.endsWith('.yaml') || basename(path) === IGNORE
}

function failed(error: unknown): OnRecordError {
  const { message } = error as NodeJS.ErrnoException
  const remedy = 'Raise the limit (fs.inotify.max_user_watches, or ulimit -n), or watch a smaller folder.'
  return new OnRecordError('WATCH_FAILED', `The folders cannot be watched: ${message}.`, remedy, { cause: error })
}
