import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { evalCommand } from '../../cli/commands/eval.ts'
import { Run } from '../../eval/run.ts'
import type { Answer } from '../../server/contract.ts'
import { documents, failureOf, index, namesIn, temporaryFolder } from '../fixtures.ts'
import { HOSTILE } from '../measured-run.ts'
import { type Ended, onrecord, start } from './command.ts'

const POOL = 'Thirty-one boats fish from the Pool, Hesper Dunnock said on Friday.'
const PIER = 'The lamp on the Cutlin Pier was lit for the first time in 1874.'

const SQUAD = {
  data: [
    {
      title: 'The_Pool',
      paragraphs: [{ context: POOL, qas: [{ id: 'a', question: 'How many boats fish from the Pool?', answers: [{ text: 'Thirty-one' }] }] }],
    },
    { title: 'Cutlin_Pier', paragraphs: [{ context: PIER, qas: [{ id: 'b', question: 'When was the lamp on the pier lit?', answers: [{ text: '1874' }] }] }] },
  ],
}
const RECORD = {
  questions: [
    {
      id: 'f1',
      question: 'How many boats fish from the Pool?',
      answerable: true,
      gold: [{ doc: 'pool.md', contains: 'Thirty-one boats' }],
      speakers: [['dunnock']],
    },
    { id: 'n1', question: 'Which vitamin prevents scurvy?', answerable: false },
  ],
}

let folder: string
let place: string
let measured: Ended
const at = (name: string) => join(place, name)
const fileOf = async (name: string, content: unknown) => {
  await writeFile(at(name), JSON.stringify(content))
  return at(name)
}
const lines = (text: string) => text.split('\n').filter(Boolean)

beforeAll(async () => {
  folder = await documents({
    'pool.md': `# The Pool\n\n${POOL}\n\n## Who lit the lamp?\n\n${PIER}\n`,
    'hostile.md': `# The Nose\n\nThe bar is called the Nose by ${HOSTILE.replace('\u0000', '')} and others.`,
  })
  place = await temporaryFolder()
  const set = await fileOf('record.json', RECORD)
  measured = await onrecord(['eval', '--set', set, '--folder', folder, '--out', at('run.json'), '--report', at('run.html')])
})

describe('onrecord eval', () => {
  it("indexes and asks a set in SQuAD's format, and removes what it made", async () => {
    const temporary = await temporaryFolder()
    const set = await fileOf('squad.json', SQUAD)
    const { code, stdout, stderr } = await onrecord(['eval', '--set', set], { env: { TMPDIR: temporary } })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^squad\.json: 2 questions on 2 documents, 2 passages; \d{4}-/)
    expect(stdout).toMatch(/quote@1 +1\.000 +\.342 – 1\.000 +2 /)
    expect((await readdir(temporary)).filter((name) => name.startsWith('onrecord-eval-'))).toEqual([])
  })

  it('with --split leaves every second article out, and --json prints the run and nothing else', async () => {
    const set = await fileOf('squad.json', SQUAD)
    const { code, stdout, stderr } = await onrecord(['eval', '--set', set, '--split', '--json'])
    expect([code, stderr, lines(stdout).length]).toEqual([0, '', 1])
    const run = Run.parse(JSON.parse(stdout))
    expect([run.complete, run.set.split, run.index.documents, run.questions.map((q) => [q.id, q.answerable])]).toEqual([
      true,
      true,
      1,
      [
        ['a', true],
        ['b', false],
      ],
    ])
  })

  it('asks a set of the record form of a folder, and writes the run and its report', async () => {
    expect([measured.code, measured.stderr]).toEqual([0, ''])
    expect(measured.stdout).toMatch(/speaker +1\.000/)
    const run = Run.parse(JSON.parse(await readFile(at('run.json'), 'utf8')))
    expect(run.questions.map((q) => [q.id, q.status])).toEqual([
      ['f1', 'answered'],
      ['n1', 'not-on-record'],
    ])
    expect(await readFile(at('run.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*record\.json[\s\S]*<\/html>\n$/)
    expect((await namesIn(place)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('without a set asks the headings of an index, and says that this is a smoke test', async () => {
    const { index: made } = await index(folder)
    const { code, stdout } = await onrecord(['eval', '--index', made, '--report', at('headings.html')])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^headings: 3 questions on 2 documents/)
    expect(stdout).toContain('A smoke test')
    const page = await readFile(at('headings.html'), 'utf8')
    expect(page).toContain('A smoke test')
    expect(page).not.toMatch(/<(?:img|script)\b/)
  })

  it('with --calibrate keeps what decides beside the index, where doctor and the next questions find it', async () => {
    const article = (title: string, of: string) => ({
      title,
      paragraphs: Array.from({ length: 30 }, (_, i) => ({
        context: `The ${of} number ${i + 1} was built in ${1801 + i} by the ${of} yard.`,
        qas: [{ id: `${title}${i}`, question: `When was the ${of} number ${i + 1} built?`, answers: [{ text: `${1801 + i}` }] }],
      })),
    })
    const set = await fileOf('many.json', { data: [article('Boats', 'ferry'), article('Mills', 'windmill')] })
    const { index: home } = await index(folder)
    const { index: other } = await index(folder)
    const { code, stdout } = await onrecord(['eval', '--set', set, '--split', '--calibrate', '--index', home])
    expect(code).toBe(0)
    expect(stdout).toMatch(/Calibrated to Xenova\/bge-small-en-v1\.5@/)
    expect(JSON.parse(await readFile(join(home, 'calibration.json'), 'utf8'))).toMatchObject({ weights: { words: expect.any(Number) } })
    expect((await onrecord(['doctor', '--index', home])).stdout).toContain('calibrated by calibration.json')
    const asked = (threshold: string) => onrecord(['ask', 'How many boats fish from the Pool?', '--index', other], { env: { ONRECORD_THRESHOLD: threshold } })
    const [low, high] = [await asked('0.000001'), await asked('0.999999')]
    expect([low.stdout.startsWith('Not on record'), high.stdout.startsWith('Not on record')]).toEqual([false, true])
  }, 120_000)

  it('compares two runs, and writes the comparison as a page', async () => {
    const run = Run.parse(JSON.parse(await readFile(at('run.json'), 'utf8')))
    run.questions = run.questions.map((q) => ({ ...q, quotes: q.quotes.map((quote) => ({ ...quote, right: false })) }))
    await fileOf('b.json', run)
    const { code, stdout } = await onrecord(['eval', '--compare', at('b.json'), at('run.json'), '--report', at('compared.html')])
    expect(code).toBe(0)
    expect(stdout).toMatch(/1 won, 0 lost \(McNemar's exact test: p = 1\.000\)\n {2}won {3}f1 {2}How many boats/)
    expect(await readFile(at('compared.html'), 'utf8')).toContain('1 were won and 0 lost')
    const json = await onrecord(['eval', '--compare', at('b.json'), at('run.json'), '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ paired: { questions: 1 }, before: { set: { name: 'record.json' } } })
  })

  it('that is interrupted ends with 130 and prints what was measured, marked as incomplete', async () => {
    const temporary = await temporaryFolder()
    const many = Array.from({ length: 5000 }, (_, i) => ({ ...RECORD.questions[0], id: `q${i}` }))
    const set = await fileOf('many.json', { questions: many })
    const running = start(['eval', '--set', set, '--folder', folder], { env: { TMPDIR: temporary } })
    const isIndexed = async () => (await readdir(temporary, { recursive: true })).some((name) => name.endsWith('CURRENT'))
    while (!(await isIndexed())) await wait(50)
    await wait(1500)
    running.child.kill('SIGINT')
    const { code, stdout } = await running.ended
    expect(code).toBe(130)
    expect(stdout).toMatch(/^many\.json: INCOMPLETE: [\d,]+ of 5,000 questions/)
    expect((await readdir(temporary)).filter((name) => name.startsWith('onrecord-eval-'))).toEqual([])
  })
})

describe('onrecord eval refuses', () => {
  it('a set that is wrong, with its file and field, and one line', async () => {
    const { code, stdout, stderr } = await onrecord(['eval', '--set', await fileOf('bad.json', { questions: [{ id: 'x' }] })])
    expect([code, stdout, lines(stderr).length]).toEqual([1, '', 1])
    expect(stderr).toMatch(/^onrecord eval: The question set .*bad\.json is wrong at questions\[0\]\.question/)
  })

  it('a set about other documents', async () => {
    const set = await fileOf('other.json', { questions: [{ ...RECORD.questions[0], gold: [{ doc: 'pier.md', contains: 'x' }] }] })
    const { code, stdout, stderr } = await onrecord(['eval', '--set', set, '--folder', folder])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/None of the answers.*--folder DIR/)
  })

  it.each([
    ['a folder for a set that brings its documents', ['--set', 'squad.json', '--folder', 'docs'], 'USAGE', /brings its own documents: leave out --folder/],
    ['--split for the record form', ['--set', 'record.json', '--split'], 'USAGE', /--split is for sets in SQuAD's format/],
    ['--split without a set', ['--split'], 'USAGE', /--split is for a question set/],
    ['an argument', ['corpus'], 'USAGE', /It takes no argument "corpus"/],
    ['one run to compare', ['--compare', 'run.json'], 'USAGE', /--compare takes two files/],
    ['a set to compare', ['--compare', 'run.json', 'run.json', '--set', 'record.json'], 'USAGE', /--set does not go with --compare/],
    ['no number of questions', ['--max', '0'], 'USAGE', /--max is "0"/],
    ['two places of documents', ['--folder', 'a', '--index', 'b'], 'USAGE', /both name the documents/],
    ['a report that cannot be written', ['--report', '/nowhere/run.html'], 'OUTPUT_UNWRITABLE', /\/nowhere\/run\.html cannot be written \(ENOENT\)/],
    ['a run that is none', ['--compare', 'squad.json', 'run.json'], 'RUN_INVALID', /squad\.json is no run/],
  ])('%s', async (_what, args, code, says) => {
    await fileOf('squad.json', SQUAD)
    const paths = args.map((arg) => (arg.endsWith('.json') ? at(arg) : arg))
    expect(await failureOf(evalCommand.run(paths))).toMatchObject({ code, message: expect.stringMatching(says) })
  })
})

describe('onrecord eval --feedback', () => {
  it('measures what readers found helpful, lists the rest, and writes it all as a set', async () => {
    const { index: made } = await index(folder)
    const listed = await onrecord(['ask', 'How many boats fish from the Pool?', '--index', made, '--json', '--limit', '1'])
    const { question, citations, generation } = JSON.parse(listed.stdout) as Answer
    const cited = citations.map(({ source, start, end }) => ({ source: source.id, start, end, sha256: source.sha256 }))
    const lines = [
      { time: '2026-01-02T09:00:00.000Z', question, helpful: true, citations: cited, generation },
      { time: '2026-01-02T09:01:00.000Z', question: 'When was the lamp lit?', helpful: false, reason: 'incomplete', citations: [], generation },
    ]
    await writeFile(at('feedback.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))

    const run = await onrecord(['eval', '--feedback', at('feedback.jsonl'), '--index', made, '--json'])
    expect(run.code).toBe(0)
    expect(Run.parse(JSON.parse(run.stdout))).toMatchObject({
      notes: ['For a person to look at: “When was the lamp lit?” (incomplete).'],
      questions: [{ question, rightAmongFirst: true }],
    })

    const wrote = await onrecord(['eval', '--feedback', at('feedback.jsonl'), '--write-set', at('made.json'), '--index', made])
    expect([wrote.code, wrote.stdout]).toEqual([0, `1 question in ${at('made.json')}.\nFor a person to look at: “When was the lamp lit?” (incomplete).\n`])
    expect((await onrecord(['eval', '--set', at('made.json'), '--index', made])).code).toBe(0)
  })

  it.each([
    [['--feedback', 'a', '--set', 'b'], /both name the questions/],
    [['--write-set', 'a'], /is for --feedback/],
  ])('with %s is wrong usage', async (args, says) => {
    const { code, stderr } = await onrecord(['eval', ...args])
    expect([code, stderr]).toEqual([2, expect.stringMatching(says)])
  })
})
