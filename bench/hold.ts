/** Prints a figure beside its limit; over it, the process ends with exit code 1. */
export function hold(what: string, figure: number, most: number): void {
  const ok = figure <= most
  console.log(`${ok ? 'ok   ' : 'OVER '} ${what}: ${figure.toFixed(3)}, at most ${most.toFixed(3)}`)
  if (!ok) process.exitCode = 1
}
