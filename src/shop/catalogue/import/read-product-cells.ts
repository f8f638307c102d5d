import type { ProductStatus } from '../../../db/schema.ts'
import { htmlToText } from './html-to-text.ts'
import { LIMITS } from './imported-product.ts'
import { firstFilled, oneLine, type Reading, shorten } from './reading.ts'

/** The product's title, from its first row; a second title under one handle means two products. */
export function readTitle({ rows, refuse }: Reading): string {
  const first = firstFilled(rows, 'title')
  const title = oneLine(first?.text ?? '')
  const row = rows[0]?.row ?? 0
  if (title === '') refuse(row, 'has no title')
  if (title.length > LIMITS.title) refuse(row, `has a title longer than ${LIMITS.title} characters`)
  for (const { row: otherRow, cells } of rows) {
    if (!cells.title || cells.title === first?.text) continue
    refuse(otherRow, `has the handle of row ${row} but another title: two products need two handles`)
  }
  return title
}

/** The description as plain text; undefined when the file has no such column. */
export function readDescription({ rows, fields, refuse, note }: Reading): string | undefined {
  if (!fields.has('body')) return undefined
  const { row, text: html } = firstFilled(rows, 'body') ?? { row: 0, text: '' }
  if (html.length > LIMITS.html) {
    refuse(row, `has a description longer than ${LIMITS.html} characters`)
    return undefined
  }
  const text = htmlToText(html)
  if (text.length <= LIMITS.description) return text
  note(row, `the description is longer than ${LIMITS.description} characters: the rest is cut off`)
  return `${text.slice(0, LIMITS.description - 1).replace(/\s+\S*$/, '')}…`.toWellFormed()
}

/** The product's Type, or else the last part of Shopify's "Home & Garden > Kitchen > Mugs". */
export function readCategory({ rows, refuse }: Reading): string | undefined {
  const type = firstFilled(rows, 'type')
  const path = firstFilled(rows, 'productCategory')
  const name = type?.text ?? path?.text.split('>').at(-1)?.trim()
  if (!name || name.toLowerCase() === 'uncategorized') return undefined
  if (name.length > LIMITS.category) {
    refuse((type ?? path)?.row ?? 0, `has a category longer than ${LIMITS.category} characters`)
  }
  return oneLine(name)
}

const STATUSES: Record<string, ProductStatus> = {
  active: 'active',
  draft: 'draft',
  archived: 'archived',
  // On sale to those who have the link only: the nearest thing here is not to show it.
  unlisted: 'draft',
}

/** Status and Published together: an active product that is not published is a draft here. */
export function readStatus({ rows, refuse }: Reading): ProductStatus | undefined {
  const status = firstFilled(rows, 'status')
  const published = firstFilled(rows, 'published')
  if (!status && !published) return undefined
  const known = STATUSES[status?.text.toLowerCase() ?? 'active']
  if (status && !known) {
    refuse(status.row, `has the status “${shorten(status.text)}”: it must be active, draft or archived`)
  }
  const isPublished = published?.text.toLowerCase() ?? 'true'
  if (published && isPublished !== 'true' && isPublished !== 'false') {
    refuse(published.row, `says “${shorten(published.text)}” under Published: it must be TRUE or FALSE`)
  }
  return known === 'active' && isPublished === 'false' ? 'draft' : known
}

/** Whether none of the product's variants has to be shipped. */
export function readDigital({ rows, refuse, note }: Reading): boolean | undefined {
  const said = rows.flatMap(({ row, cells: { requiresShipping: text } }) => (text ? [{ row, text }] : []))
  const [first] = said
  if (!first) return undefined
  for (const { row, text } of said) {
    if (/^(true|false)$/i.test(text)) continue
    refuse(row, `says “${shorten(text)}” under Requires Shipping: it must be TRUE or FALSE`)
  }
  const shipped = said.filter(({ text }) => text.toLowerCase() === 'true')
  if (shipped.length > 0 && shipped.length < said.length) {
    note(first.row, 'has variants to ship and others not to: all of it counts as to be shipped')
  }
  return shipped.length === 0
}

/** The links to the product's pictures, in the order of Image Position. */
export function readImageUrls({ rows, refuse, note }: Reading): string[] {
  const images: { url: string; position: number }[] = []
  for (const { row, cells } of rows) {
    const url = cells.imageUrl
    if (!url || images.some((image) => image.url === url)) continue
    if (!isWebLink(url)) refuse(row, `has the picture link “${shorten(url)}”, which is not an http(s) link`)
    const position = cells.imagePosition ?? ''
    if (position !== '' && !/^\d{1,4}$/.test(position)) {
      refuse(row, `has the picture position “${shorten(position)}”, which is not a whole number`)
    }
    images.push({ url, position: position === '' ? images.length + 1 : Number(position) })
    if (images.length === LIMITS.images + 1) note(row, `only the first ${LIMITS.images} pictures are taken`)
  }
  images.sort((a, b) => a.position - b.position)
  return images.slice(0, LIMITS.images).map((image) => image.url)
}

function isWebLink(url: string): boolean {
  if (url.length > LIMITS.imageUrl || /\s/.test(url)) return false
  const parsed = URL.parse(url)
  return parsed !== null && (parsed.protocol === 'https:' || parsed.protocol === 'http:')
}
