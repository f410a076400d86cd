import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSources } from '../../index/stored-sources.ts'
import type { Statement } from '../../index/types.ts'
import { temporaryFolder } from '../fixtures.ts'

const said: Statement = {
  start: 4,
  end: 70_000,
  mention: 'she',
  speaker: 'Odile Marchetti',
  role: null,
  speech: 'mixed',
  cue: 'said',
  saidOn: '2025-06-13',
  saidOnText: 'on Friday',
}
const other: Statement = { ...said, start: 0, end: 3, mention: null, role: 'said', speech: 'direct', cue: null, saidOn: null, saidOnText: null }

it('gives each source its own statements, as they were written', async () => {
  const file = join(await temporaryFolder(), 'sources.jsonl')
  const written = [
    { id: 'a', title: 'One\u2028two', statements: [said, other] },
    { id: 'b', statements: [] },
    { id: 'c', statements: [other] },
  ]
  await writeFile(file, written.map((source) => `${JSON.stringify(source)}\n`).join(''))
  const groups = join(file, '..', 'groups.i32')
  await writeFile(groups, new Uint8Array(Int32Array.of(0, -1, 0).buffer))
  const read = await readSources(file, groups)
  expect(read.map(({ group }) => group)).toEqual([0, null, 0])
  expect(read.map(({ statements }) => statements)).toEqual(written.map(({ statements }) => statements))
  expect(read.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(read[0]?.title).toBe('One\u2028two')
})
