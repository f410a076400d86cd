import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../index/package-root.ts'
import { expectedOf, type Places } from './expected.ts'
import { type Content, flatOdt } from './flat-odt.ts'
import { convert, soffice } from './soffice.ts'

// The documents of test/documents/ that LibreOffice makes from libreoffice.json, each with what must be read from it.
/** What LibreOffice is to write, by the extension that it gives to it, and the extension of the fixture. */
const FORMATS = {
  pdf: { to: 'pdf', extension: 'pdf' },
  docx: { to: 'docx', extension: 'docx' },
  html: { to: 'html', extension: 'html' },
  xhtml: { to: 'xhtml:XHTML Writer File', extension: 'xhtml' },
}

const program = soffice()
const out = join(packageRoot(), 'test', 'documents')
const contents = JSON.parse(await readFile(join(packageRoot(), 'bench', 'documents', 'libreoffice.json'), 'utf8')) as Record<
  string,
  Content & { formats: (keyof typeof FORMATS)[] }
>
const folder = await mkdtemp(join(tmpdir(), 'onrecord-libreoffice-'))
try {
  for (const [name, content] of Object.entries(contents)) {
    const places = await placesOf(content)
    const source = join(folder, `${name}.fodt`)
    await writeFile(source, flatOdt(content))
    for (const format of content.formats) {
      const { to, extension } = FORMATS[format]
      await convert(program, source, to, folder)
      await copyFile(join(folder, `${name}.${extension}`), join(out, `${name}.${extension}`))
      const expected = { producer: 'LibreOffice', ...expectedOf(content, format, places) }
      await writeFile(join(out, `${name}.${extension}.json`), `${JSON.stringify(expected, null, 2)}\n`)
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** On which page each of the document's marks is: LibreOffice writes the numbers into references to them, on a page after the last. */
async function placesOf(content: Content): Promise<Places> {
  const names: string[] = []
  const mark = (name: string) => {
    names.push(name)
    return `<text:bookmark text:name="${name}"/>`
  }
  flatOdt(content, mark)
  const references = names.map((name) => `<text:bookmark-ref text:reference-format="page" text:ref-name="${name}">0</text:bookmark-ref>`)
  const source = join(folder, 'marked.fodt')
  await writeFile(
    source,
    flatOdt(content, (name) => `<text:bookmark text:name="${name}"/>`, `<text:p>${references.join(' ')}</text:p>`),
  )
  const counted = join(folder, 'counted')
  await convert(program, source, 'fodt', counted)
  const written = await readFile(join(counted, 'marked.fodt'), 'utf8')
  return new Map(Array.from(written.matchAll(/text:ref-name="([^"]*)"[^>]*>(\d+)</g), ([, name = '', page]) => [name, Number(page)]))
}
