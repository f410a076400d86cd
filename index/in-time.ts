/** What comes of a job, or the reason of a signal when that comes first: the job goes on, and nobody waits for it. */
export function inTime<T>(job: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return job
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason as Error)
    if (signal.aborted) giveUp()
    else signal.addEventListener('abort', giveUp, { once: true })
    job.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}
