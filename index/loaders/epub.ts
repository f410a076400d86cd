import { parse } from 'parse5'
import { SkipFile } from '../errors.ts'
import { factsOf, isWebAddress } from '../facts.ts'
import type { Facts } from '../types.ts'
import { type Archive, openArchive } from './archive.ts'
import { decodeHtml } from './html-encoding.ts'
import { textOfPart, unlessTooDeep } from './html-text.ts'
import { LIMITS, type Load } from './loader.ts'
import { withEndTags } from './xhtml.ts'
import { withinElements, type XmlElement, xmlElements } from './xml.ts'

/** EPUB: the chapters in the order of reading, without tables of contents and what stands beside that order; facts from the package's metadata. */
export const epub: Load = async (bytes) => {
  const archive = await openArchive(bytes)
  if (!archive.has('META-INF/container.xml')) throw new SkipFile('NOT_EPUB', 'It is no EPUB; give it its proper extension.')
  await refuseEncrypted(archive)
  const root = xmlElements(await archive.read('META-INF/container.xml')).find(({ name }) => name === 'rootfile')
  const path = root?.attribute('full-path') ?? ''
  const elements = xmlElements(await archive.read(path))
  let text = ''
  for (const chapter of chaptersOf(elements, path)) {
    const page = parse(withEndTags(withinElements(decodeHtml(await archive.read(chapter)))))
    const words = unlessTooDeep(() => textOfPart(page).text)
    if (words !== '') text = text === '' ? words : `${text}\n\n${words}`
    // Whoever asked for it refuses what is longer.
    if (text.length > LIMITS.characters) break
  }
  return [{ text, mediaType: 'application/epub+zip', facts: factsIn(elements) }]
}

/** Fonts are often obfuscated by these, in books that anybody may read. */
const FONT_OBFUSCATION = ['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC']

async function refuseEncrypted(archive: Archive): Promise<void> {
  if (!archive.has('META-INF/encryption.xml')) return
  const methods = xmlElements(await archive.read('META-INF/encryption.xml')).filter(({ name }) => name === 'EncryptionMethod')
  if (methods.some((method) => !FONT_OBFUSCATION.includes(method.attribute('Algorithm') ?? '')))
    throw new SkipFile('ENCRYPTED', 'It is protected against copying (DRM); get it without protection.')
}

/** The names of the chapters' entries, each once. */
function chaptersOf(elements: XmlElement[], path: string): Set<string> {
  const items = new Map(elements.filter(({ name }) => name === 'item').map((item) => [item.attribute('id'), item]))
  const contents = elements.filter(({ name, attribute }) => name === 'reference' && attribute('type') === 'toc').map((one) => entryName(one, path))
  const chapters = new Set<string>()
  for (const itemref of elements) {
    if (itemref.name !== 'itemref' || itemref.attribute('linear') === 'no') continue
    const item = items.get(itemref.attribute('idref'))
    if (!item || !/html/.test(item.attribute('media-type') ?? '') || item.attribute('properties')?.split(/\s+/).includes('nav')) continue
    const name = entryName(item, path)
    if (name !== null && !contents.includes(name)) chapters.add(name)
  }
  return chapters
}

/** The entry that an element of the package file links; null when that is none. */
function entryName(element: XmlElement, path: string): string | null {
  // A URL only resolves `..` and percent signs; the host is none that is ever asked.
  const href = element.attribute('href') ?? ''
  const base = 'epub://book/'
  if (!URL.canParse(href, base + path)) return null
  const { protocol, pathname } = new URL(href, base + path)
  try {
    return protocol === 'epub:' ? decodeURIComponent(pathname.slice(1)) : null
  } catch {
    return null
  }
}

function factsIn(elements: XmlElement[]): Partial<Facts> {
  const all = (name: string) => elements.filter((element) => element.name === name).map((element) => element.text())
  return factsOf({
    title: all('title')[0],
    author: all('creator'),
    publisher: all('publisher')[0],
    date: all('date')[0],
    language: all('language')[0],
    url: [...all('identifier'), ...all('source')].find(isWebAddress),
  })
}
