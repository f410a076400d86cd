/** Runs something with a signal that is aborted when the process is told to end, or when the one that it was forked by goes without a word. */
export async function stoppable<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal).once('disconnect', onSignal)
  if (process.connected === false) stop.abort()
  try {
    return await run(stop.signal)
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('disconnect', onSignal)
  }
}
