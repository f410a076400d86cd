import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { uniform } from '../../bench/seeded.ts'
import { checkSpans } from '../../index/check.ts'
import { EXTENSIONS } from '../../index/loaders/registry.ts'
import { flat } from '../../index/stores/flat.ts'
import { index, openedIndex, temporaryFolder } from '../fixtures.ts'

const COUNT = 500
const SEED = Date.now() % 100_000
const SECRET = 'The safe opens with forty-one.'

type Bytes = (random: () => number) => Uint8Array

const text =
  (content: string): Bytes =>
  () =>
    Buffer.from(content)
const noise =
  (length: number): Bytes =>
  (random) =>
    Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)))

/** What a file may hold, whatever its name says. */
const CONTENTS: Record<string, Bytes> = {
  nothing: text(''),
  'white space': text(' \n\t\r\n\u2028\u00a0'),
  noise: noise(400),
  'one byte': noise(1),
  nulls: () => Buffer.alloc(2000),
  'text between nulls': text('The bar\0 shut\0 the harbour.\0'),
  'broken UTF-8': () => Buffer.from([0xc3, 0x28, 0xa0, 0xa1, 0xe2, 0x28, 0xa1, 0xf0, 0x28, 0x8c, 0x28, 0xff, 0xfe, 0x41]),
  'an odd half of UTF-16': () => Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x00, 0xd8, 0x42]),
  'a byte order mark alone': () => Buffer.from([0xef, 0xbb, 0xbf]),
  'lone surrogates': () => Buffer.from('\ud800 and \udfff said so.', 'utf16le'),
  'a zip': () => Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(100, 7)]),
  'a PDF': text('%PDF-1.7\n1 0 obj <</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>> endobj'),
  'an executable': () => Buffer.from('\x7fELF\x02\x01\x01\0\0\0', 'latin1'),
  'front matter that runs': text('---js\nrequire("fs").writeFileSync("owned", "1")\n---\nThe bar shut.'),
  'front matter with an alias bomb': text(
    `---\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replace(/./g, (at) => `${at}: &${at} [${'*a,'.repeat(9)}]\n`)}---\nThe bar shut.`,
  ),
  'front matter of a constructor': text('---\ntitle: !!js/function "function(){ throw 1 }"\n__proto__: {polluted: yes}\n---\nThe bar shut.'),
  'front matter that does not end': text(`---\ntitle: ${'x'.repeat(500)}`),
  'an entity bomb': text('<!DOCTYPE a [<!ENTITY b "&c;&c;&c;"><!ENTITY c SYSTEM "file:///etc/passwd">]><p>&b;&c;</p>'),
  'deep tags': text(`${'<b>'.repeat(400)}The bar shut.`),
  'deep quotations': text(`${'> '.repeat(300)}The bar shut.`),
  'tags that never close': text(`${'<a href="'.repeat(60)}The bar shut.`),
  'a page that leads elsewhere': text(
    '<meta http-equiv=refresh content="0;url=//evil.example"><base href="file:///etc/"><iframe src="/etc/passwd"></iframe><p>The bar shut.</p>',
  ),
  'an included file': text('{{#include /etc/passwd}} \\input{/etc/passwd} ![x](file:///etc/passwd)\n\n<<< /etc/passwd'),
  'a word of a thousand': text('x'.repeat(1000)),
}

/** What a file may be called, before its extension. */
const NAMES = [
  (n: number) => `plain-${n}`,
  (n: number) => `..${n}`,
  (n: number) => `con.${n}`,
  (n: number) => `a\nb\u202e${n}`,
  (n: number) => `%2e%2e%2f${n}`,
  (n: number) => `<img src=x onerror=alert(${n})>`.replaceAll('/', ''),
  (n: number) => `${'ü'.repeat(80)}${n}`,
]

it('of every loader are read or reported, each by its name, and nothing outside the folder is', { timeout: 120_000 }, async () => {
  const random = uniform(SEED)
  const outside = await temporaryFolder()
  await writeFile(join(outside, 'secret.txt'), SECRET)
  const folder = join(await temporaryFolder(), 'docs')
  await mkdir(folder)
  const kinds = Object.entries(CONTENTS)
  const paths: string[] = []
  for (let n = 0; n < COUNT; n++) {
    const name = `${NAMES[n % NAMES.length]?.(n)}${EXTENSIONS[n % EXTENSIONS.length]}`
    const path = join(folder, name)
    if (n % 50 === 49) await symlink(join(outside, n % 100 === 49 ? 'secret.txt' : '.'), path)
    else await writeFile(path, (kinds[Math.floor(random() * kinds.length)] as [string, Bytes])[1](random))
    paths.push(`docs/${name}`)
  }
  await writeFile(join(folder, 'good.txt'), 'The harbour was dredged in May.')

  const { index: place, report } = await index(folder, { store: flat })
  const { generation } = await openedIndex(place)
  const fileOf = (path: string) => path.replace(/#[^#]*$/, '')
  const read = generation.sources.map((source) => fileOf(source.path))
  const hidden = paths.filter((path) => path.startsWith('docs/.'))
  const told = new Set([...read, ...report.skipped.map((one) => fileOf(one.path)), ...hidden])
  expect([...told].sort(), `seed ${SEED}`).toEqual([...paths, 'docs/good.txt'].sort())
  expect(report.skipped.every(({ code, remedy }) => code !== '' && remedy !== '')).toBe(true)
  expect(report.skipped.filter(({ code }) => code === 'OUTSIDE')).toHaveLength(COUNT / 50 - hidden.filter((path) => paths.indexOf(path) % 50 === 49).length)
  expect(read).toContain('docs/good.txt')
  expect(await checkSpans(generation)).toEqual([])
  const texts = generation.sources.map((_, i) => generation.text(i)).join('\n')
  expect(texts).not.toMatch(/forty-one|root:x:/)
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})
