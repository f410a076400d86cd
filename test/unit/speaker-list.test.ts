import { expect, it } from 'vitest'
import { speakersOf } from '../../index/speaker-list.ts'

const says = (speaker: string, role: string | null) => ({
  start: 0,
  end: 1,
  mention: null,
  speaker,
  role,
  speech: 'direct' as const,
  cue: null,
  saidOn: null,
  saidOnText: null,
})

it('counts over all sources, most statements first, then by name, with the role that is given most often', () => {
  const speakers = speakersOf([
    { statements: [says('B', null), says('C', 'mayor'), says('C', 'chair')] },
    { statements: [says('C', 'chair'), says('C', null), says('C', null), says('C', null), says('A', 'clerk')] },
  ])
  expect(speakers).toEqual([
    { name: 'C', role: 'chair', statements: 6 },
    { name: 'A', role: 'clerk', statements: 1 },
    { name: 'B', role: null, statements: 1 },
  ])
})
