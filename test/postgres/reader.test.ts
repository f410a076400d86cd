import { beforeAll, describe, expect, it } from 'vitest'
import type { Generation } from '../../index/generation.ts'
import { PostgresHome } from '../../index/postgres/home.ts'
import type { PostgresGeneration } from '../../index/postgres/reader.ts'
import type { GenerationReader, SaidBy, Within } from '../../index/reader.ts'
import type { StoredSource } from '../../index/stored-sources.ts'
import { termsOf } from '../../index/terms.ts'
import { neededFor } from '../../index/voices.ts'
import { afterFile } from '../after.ts'
import { CORPUS, embedder, openedCorpus } from '../fixtures.ts'
import { built, DATABASES, WITH_RANKING } from '../postgres.ts'

const QUESTIONS = [
  'When was the harbour dredged?',
  'What did the mayor say about the budget?',
  'How much did the bridge cost, and who paid for it?',
  'the council',
  'roof',
  'Who voted against the wall in the second vote of the council in March?',
]

describe.each([...DATABASES, WITH_RANKING])('a generation in %s is read as the same in a folder', (_, make) => {
  let folder: Generation
  let database: PostgresGeneration
  let questions: Float32Array[]

  beforeAll(async () => {
    const model = await embedder()
    folder = await openedCorpus()
    const url = await built(make, [CORPUS])
    const home = await PostgresHome.of({ url, folder: '' })
    afterFile(() => home.close())
    database = (await home.open(model)).generation
    questions = await Promise.all(QUESTIONS.map((question) => model.embedQuestion(question)))
  }, 240_000)

  /** Where a passage stands, which is the same in both. */
  const placesOf = async (reader: GenerationReader, passages: number[]) => {
    await reader.bring(passages)
    return passages.map((passage) => `${reader.source(reader.sourceOf(passage)).path} ${reader.passage(passage).start}`)
  }
  const both = async <T>(ask: (reader: GenerationReader) => T | Promise<T>) => [await ask(database), await ask(folder)] as const

  it('is counted alike', async () => {
    const [ours, theirs] = await both(({ counts: { sources, passages, languages }, hasTokens }) => ({ sources, passages, languages, hasTokens }))
    expect(ours).toEqual(theirs)
    expect(new Map([...(await database.dates())].sort())).toEqual(new Map([...folder.dates()].sort()))
  })

  const WITHINS: [string, Within][] = [
    ['everywhere', {}],
    ['of a speaker', { filters: { speaker: 'mayor' } }],
    ['of an outlet', { filters: { outlet: 'gazette' } }],
    ['of a path', { filters: { source: 'minutes' } }],
    ['since a month', { filters: { after: '2025-06' } }],
    ['before a day, of a speaker', { filters: { before: '2025-09-01', speaker: 'Councillor' } }],
    ['of nobody', { filters: { speaker: 'nobody at all' } }],
  ]

  it.each(WITHINS)('gives the same nearest passages %s', async (_, within) => {
    for (const question of questions) {
      const [ours, theirs] = await both((reader) => reader.nearest(question, 20, within))
      const passages = (found: typeof ours) => found.map(({ passage }) => passage)
      const [a, b] = [await placesOf(database, passages(ours)), await placesOf(folder, passages(theirs))]
      for (const [i, { similarity }] of ours.entries()) expect(similarity).toBeCloseTo(theirs[i]?.similarity as number, 3)
      // A vector in the database has half the digits: what is about as near may change places.
      const last = theirs.at(-1)?.similarity ?? 0
      expect(a.length).toBe(b.length)
      expect(b.filter((place, i) => (theirs[i]?.similarity as number) > last + 0.001 && !a.includes(place))).toEqual([])
    }
  })

  it.each(WITHINS)('scores the same words alike %s', async (_, within) => {
    for (const question of QUESTIONS) {
      const [ours, theirs] = await both((reader) => reader.matching(termsOf(question), within))
      expect(new Map([...ours.frequency].sort())).toEqual(new Map([...theirs.frequency].sort()))
      const [best, same] = [ours.best(40), theirs.best(40)]
      expect(best.map(({ score }) => score.toFixed(6))).toEqual(same.map(({ score }) => score.toFixed(6)))
      // Those with the same score may change places.
      const ranked = (places: string[], hits: { score: number }[]) => places.map((place, i) => `${hits[i]?.score.toFixed(6)} ${place}`).slice(0, 39)
      const [a, b] = [
        await placesOf(
          database,
          best.map((h) => h.passage),
        ),
        await placesOf(
          folder,
          same.map((h) => h.passage),
        ),
      ]
      const last = same.at(-1)?.score.toFixed(6)
      const whole = (lines: string[]) => lines.filter((line) => !line.startsWith(`${last} `)).sort()
      expect(whole(ranked(a, best))).toEqual(whole(ranked(b, same)))
      const scores = await ours.scoresOf(best.map(({ passage }) => passage))
      for (const [i, { score }] of best.entries()) expect(scores[i]).toBeCloseTo(score, 6)
    }
  })

  it('knows the same terms, and those that may be meant', async () => {
    const [ours, theirs] = await both((reader) => reader.unheld(['harbour', 'xyzzy', 'council', "o'brien'\\"]))
    expect(ours).toEqual(theirs)
    for (const term of ['harbor', 'counsil', 'bridgd']) {
      const [a, b] = await both((reader) => reader.similar(term))
      expect(a).toEqual(b.filter((other) => other[0] === term[0]))
    }
  })

  it('knows the same speakers', async () => {
    const [ours, theirs] = await both((reader) => reader.speakers(1000))
    expect(ours.map(({ name, statements }) => `${name} ${statements}`).sort()).toEqual(theirs.map(({ name, statements }) => `${name} ${statements}`).sort())
    for (const asked of ['the mayor', 'the council', 'Councillor Stoke', 'the Gazette', 'the spokesperson', 'the', theirs[0]?.name as string]) {
      const needed = neededFor(asked)
      const [a, b] = await both((reader) => reader.voices(needed))
      const told = (voices: typeof a) =>
        [...new Set(voices.map((v) => JSON.stringify([v.name, v.speaker, v.isPerson, [...v.own].sort(), [...v.outlet].sort()])))].sort()
      expect(told(a)).toEqual(told(b))
    }
  })

  it('finds the passages in which somebody says something at a time', async () => {
    const times = [
      { after: null, before: null },
      { after: '2025-06-01', before: '2025-10-01' },
    ]
    const words = [null, 'the mayor', 'the council', 'the Gazette', 'the harbour master', 'Councillor Stoke', 'the chair', 'nobody of this name']
    for (const time of times) {
      for (const speaker of words) {
        const needed = neededFor(speaker ?? '')
        const called = folder.voices(needed).filter(({ isPerson, own }) => isPerson && needed.every((term) => own.has(term)))
        const by: SaidBy = { speaker, persons: new Set(called.map(({ name }) => name)), ...time }
        for (const papers of [true, false]) {
          if (speaker === null && time.after === null) continue
          const [ours, theirs] = await both((reader) => reader.passagesSaid(by, papers))
          expect(ours.isEmpty).toBe(theirs.isEmpty)
          const question = questions[0] as Float32Array
          const [a, b] = [await database.nearest(question, 200, { passages: ours }), await folder.nearest(question, 200, { passages: theirs })]
          const passages = (found: typeof a) => found.map(({ passage }) => passage)
          expect((await placesOf(database, passages(a))).sort()).toEqual((await placesOf(folder, passages(b))).sort())
        }
      }
    }
  })

  it('gives the same sources, texts, passages and vectors', async () => {
    const [ours, theirs] = await both((reader) => reader.list(0, 1000))
    const bare = ({ textAt, textBytes, firstPassage, group, ...source }: StoredSource) => ({ ...source, grouped: group !== null })
    const byPath = (a: { path: string; id: string }, b: { path: string; id: string }) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)
    expect(ours.map((source) => source.path)).toEqual(ours.map((source) => source.path).sort())
    const [question] = questions as [Float32Array]
    const tokens = (await (await embedder()).embedWords('harbour wall')).words.flatMap((word) => [...word])
    for (const [i, source] of [...theirs].sort(byPath).entries()) {
      const own = ours[i] as StoredSource
      expect(bare(own)).toEqual(bare({ ...source, statements: source.statements } as StoredSource))
      const [a, b] = [await database.passagesOf(own), folder.passagesOf(source)]
      const [number, other] = [(await database.numberOf(own.id)) as number, folder.numberOf(source.id) as number]
      expect(database.text(number)).toBe(folder.text(other))
      await database.bringVectors(a)
      for (const speaker of source.statements.map((s) => s.speaker)) expect(database.nameInFull(own, speaker)).toBe(folder.nameInFull(source, speaker))
      expect(a.map((p) => database.passage(p)).map(({ start, end, sentences }) => ({ start, end, sentences }))).toEqual(
        b.map((p) => folder.passage(p)).map(({ start, end, sentences }) => ({ start, end, sentences })),
      )
      for (const [nth, passage] of a.slice(0, 3).entries()) {
        const there = b[nth] as number
        expect(database.sentenceCosines(question, passage)).toEqual(folder.sentenceCosines(question, there))
        expect(database.between({ passage, sentence: 0 }, { passage: a[0] as number, sentence: 0 })).toBeCloseTo(
          folder.between({ passage: there, sentence: 0 }, { passage: b[0] as number, sentence: 0 }),
          5,
        )
      }
      expect(database.highest(Float32Array.from(tokens), a.slice(0, 2))).toEqual(folder.highest(Float32Array.from(tokens), b.slice(0, 2)))
    }
  })

  it('finds sources by a part of their names', async () => {
    for (const part of ['Minutes', 'harbour', 'nothing such', '']) {
      const [ours, theirs] = await both((reader) => reader.sourcesLike(part, 1000))
      expect({ ...ours, ids: [...ours.ids].sort() }).toEqual({ ...theirs, ids: [...theirs.ids].sort() })
    }
    expect(await database.numberOf('no such id')).toBeUndefined()
  })

  it('gives the bytes that were indexed', async () => {
    const [source] = await database.list(0, 1)
    const [ours, theirs] = await both(async (reader) => {
      const stream = await reader.original(source as StoredSource)
      return stream && Buffer.concat(await stream.toArray())
    })
    expect(ours).toEqual(theirs)
    expect(await database.original({ ...(source as StoredSource), original: { file: '', bytes: 0, sha256: 'none' } })).toBeNull()
  })

  it('holds what one question has brought, and throws of what was not', async () => {
    const [first] = (await database.list(0, 1)) as [StoredSource]
    const question = database.forQuestion()
    expect(() => question.passage(first.firstPassage)).toThrow('not brought')
    await question.bring([first.firstPassage])
    expect(question.text(question.sourceOf(first.firstPassage)).slice(0, 5)).not.toBe('')
    expect(() => database.forQuestion().text(question.sourceOf(first.firstPassage))).toThrow('not brought')
  })
})
