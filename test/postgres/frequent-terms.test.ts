import { expect, it } from 'vitest'
import { uniform } from '../../bench/seeded.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { LexicalIndex } from '../../index/lexical.ts'
import { LexicalWriter } from '../../index/lexical-writer.ts'
import { beginGeneration } from '../../index/postgres/building.ts'
import { commit } from '../../index/postgres/commit.ts'
import { HeldSession } from '../../index/postgres/held.ts'
import { currentGeneration } from '../../index/postgres/home.ts'
import { insertSources, nextSources } from '../../index/postgres/rows.ts'
import type { RecordedSource } from '../../index/stored-sources.ts'
import { hasServer, newDatabase, recordDatabase } from '../postgres.ts'

const SOURCES = 100
const PASSAGES = 100
const model = { fingerprint: 'none', dimensions: 8 } as Embedder
const VOCABULARY = Array.from({ length: 400 }, (_, i) => `word${i.toString(36)}x`)

it.skipIf(!hasServer)(
  'of terms that stand in most passages the best passages are found, although not all of them are scored',
  async () => {
    const database = await recordDatabase(newDatabase)
    const random = uniform(7)
    // Zipf: the first words stand in most passages, the last ones in few.
    const word = () => VOCABULARY[Math.floor(VOCABULARY.length ** random()) - 1] as string
    const texts = Array.from({ length: SOURCES * PASSAGES }, () => Array.from({ length: 30 }, word).join(' '))
    const writer = LexicalWriter.for()
    for (const [passage, text] of texts.entries()) writer.add(passage, text, 'Title')
    const folder = LexicalIndex.from(writer.finish()[0]?.bytes as Uint8Array)

    await database.session(async (connection) => {
      const session = await HeldSession.of(connection)
      const building = await beginGeneration(session, model)
      const numbers = await nextSources(session, SOURCES)
      for (const [n, number] of numbers.entries()) {
        const own = texts.slice(n * PASSAGES, (n + 1) * PASSAGES)
        const text = own.join('\n')
        let at = 0
        const passages = own.map((one) => {
          const span = { start: at, end: at + one.length }
          at = span.end + 1
          return { ...span, sentences: [span] }
        })
        const vectors = own.map(() => ({
          passage: Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0),
          sentences: new Uint8Array(8),
          signs: new Uint8Array(0),
          tokens: [0],
        }))
        const [file] = await session.rows<{ file: number }>(
          `INSERT INTO onrecord.files (path, key, sha256, born, state) VALUES ($1, $1, $1, $2, 'done') RETURNING file`,
          [`${n}`, building.number],
        )
        await insertSources(session, building.number, [{ number, file: file?.file as number, position: 0, source: sourceOf(n), text, passages, vectors }])
      }
      await commit(session, building, { folders: [], dimensions: model.dimensions, skipped: [] })
    })
    const generation = await currentGeneration(database, model)
    const [first = 0] = (await generation.list(0, 1)).map(({ firstPassage }) => firstPassage / 65_536)
    // Sources were numbered in a row, and list() gives them in the order of their paths.
    const numberIn = (passage: number) => (Math.floor(passage / 65_536) - first) * PASSAGES + (passage % 65_536)
    const [a, b, c, d, rare] = [2, 5, 9, 20, 390].map((i) => VOCABULARY[i] as string) as [string, string, string, string, string]
    for (const terms of [[a, b, c, d], [a, b], [a, b, c, d, rare], [a]]) {
      const [ours, theirs] = [await generation.matching(terms), folder.find(terms)]
      expect(new Map([...ours.frequency].sort())).toEqual(new Map([...theirs.frequency].sort()))
      const best = theirs.best(10)
      const scores = ours.best(10).map(({ score }) => score)
      // Of one term that all passages hold any may be scored; of several those that hold the most are.
      if (terms.length > 1) expect(scores.filter((score, i) => Math.abs(score - (best[i]?.score as number)) < 1e-6).length).toBeGreaterThanOrEqual(9)
      const own = ours.best(10).map(({ passage }) => numberIn(passage))
      expect(own.map((passage) => theirs.scoreOf(passage).toFixed(6))).toEqual(scores.map((score) => score.toFixed(6)))
    }
  },
  120_000,
)

function sourceOf(n: number): RecordedSource {
  const path = `${n}`.padStart(3, '0')
  return {
    id: path,
    path,
    title: 'Title',
    outlet: null,
    author: null,
    published: null,
    publishedFrom: null,
    url: null,
    mediaType: 'text/plain',
    sha256: path,
    language: null,
    signature: null,
    statements: [],
    original: { file: path, bytes: 0, sha256: path },
    origin: { loader: 'none', facts: {}, detected: null },
  }
}
