import type { Citation } from '../../server/contract.ts'
import { webUrl } from '../urls.ts'

/** A date of CSL-JSON: year, then month and day as far as they are known. */
interface CslDate {
  'date-parts': [number[]]
  circa?: true
}

/** An item of CSL-JSON 1.0.2 (csl-data.json), as reference managers import it. */
export interface CslItem {
  id: string
  type: 'article-newspaper' | 'webpage' | 'document'
  title: string
  author?: [{ literal: string }]
  'container-title'?: string
  issued?: CslDate
  page?: string
  locator?: string
  URL: string
  accessed: CslDate
  note: string
}

/** `note` says what is quoted. Names stay literal: nothing says which part of one is the family name, or that it is a person's. */
export function cslOf({ source, start, end, page }: Citation, link: string, note: string, on: Date): CslItem {
  const { outlet, author, url, title } = source
  const issued = issuedOf(source)
  return {
    id: `${source.id}-${start}-${end}`,
    type: outlet ? 'article-newspaper' : webUrl(url) ? 'webpage' : 'document',
    title,
    ...(author && { author: [{ literal: author }] }),
    ...(outlet && { 'container-title': outlet }),
    ...(issued && { issued }),
    // That a locator is a page goes without saying, and an item cannot say that it is another; a time stands in the note.
    ...(page !== null && { page: `${page}`, locator: `${page}` }),
    URL: webUrl(url) ?? link,
    accessed: { 'date-parts': [[on.getFullYear(), on.getMonth() + 1, on.getDate()]] },
    // Readers take a line "DOI: ..." of a note for a field.
    note: note.replace(/\s+/g, ' '),
  }
}

/** The date of a file stands for that of publication only roughly. */
function issuedOf({ published, publishedFrom }: Citation['source']): CslDate | null {
  if (!published || !/^\d{4}(-\d\d){0,2}$/.test(published)) return null
  return { 'date-parts': [published.split('-').map(Number)], ...(publishedFrom === 'file' && { circa: true as const }) }
}
