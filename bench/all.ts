import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// Every measure, one after the other, so that none disturbs another. What is given (--set FILE) goes to the recall.
// Exit code 1 when one of them is over its limit.
const runs: [string, string[]][] = [
  ['ready', []],
  ['event-loop', []],
  ['recall', process.argv.slice(2)],
]

for (const [name, args] of runs) {
  console.log(`\n${name}`)
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(`./${name}.js`, import.meta.url)), ...args], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
