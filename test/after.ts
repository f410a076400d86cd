const ends: (() => unknown)[] = []

/** Does something after the last test of the file; what was asked for last is done first. */
export function afterFile(end: () => unknown): void {
  ends.push(end)
}

/** Does all of it. */
export async function endFile(): Promise<void> {
  for (let end = ends.pop(); end; end = ends.pop()) await end()
}
