import { sql as raw, type Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type FetchedPictureRow = Selectable<Tables['fetched_pictures']>

const dueAt = statement<{ now: number; limit: number }>()((p) =>
  sql
    .selectFrom('fetched_pictures')
    .selectAll()
    .where('due_at', 'is not', null)
    .where('due_at', '<=', p.now)
    .orderBy('due_at')
    .limit(p.limit),
)

const shownAt = statement<{ url: string }>()((p) =>
  sql
    .selectFrom('product_images')
    .select('id')
    .where('url', 'is not', null)
    .where('url', '=', p.url)
    .limit(1),
)

const keptAfter = statement<{ after: string; limit: number }>()((p) =>
  sql
    .selectFrom('fetched_pictures')
    .select('url')
    .where('file', 'is not', null)
    .where('url', '>', p.after)
    .orderBy('url')
    .limit(p.limit),
)

// What was given up gets another chance; what is here stays.
const ask = statement<{ url: string }>()((p) =>
  sql
    .insertInto('fetched_pictures')
    .values({ url: p.url, due_at: 0 })
    .onConflict((oc) =>
      oc
        .column('url')
        .doUpdateSet({ due_at: 0, tries: 0 })
        .where(raw<boolean>`fetched_pictures.file is null`),
    ),
)

const keep = statement<{ url: string; file: string; small: string }>()((p) =>
  sql
    .updateTable('fetched_pictures')
    .set({ file: p.file, small: p.small, due_at: null, trouble: null })
    .where('url', '=', p.url),
)

const fail = statement<{ url: string; trouble: string; tries: number; dueAt: number | null }>()((p) =>
  sql
    .updateTable('fetched_pictures')
    .set({ trouble: p.trouble, tries: p.tries, due_at: p.dueAt })
    .where('url', '=', p.url),
)

const forget = statement<{ url: string }>()((p) =>
  sql.deleteFrom('fetched_pictures').where('url', '=', p.url),
)

/** Pictures that are to be fetched by now, those that have waited longest first. */
export function listDuePictures(db: Reader, now: number, limit: number): FetchedPictureRow[] {
  return db.all(dueAt({ now, limit }))
}

/** Addresses of pictures that are here, by their letters. */
export function listKeptAddresses(db: Reader, page: { after: string; limit: number }): string[] {
  return db.all(keptAfter(page)).map(({ url }) => url)
}

/** Whether any product still shows the picture at this address. */
export function isPictureShown(db: Reader, url: string): boolean {
  return db.first(shownAt({ url })) !== undefined
}

/** Has a picture fetched, unless it is here. */
export function askForPicture(tx: Tx, url: string): void {
  tx.run(ask({ url }))
}

export function keepFetchedPicture(tx: Tx, kept: { url: string; file: string; small: string }): void {
  tx.run(keep(kept))
}

/** Says why a picture could not be had, and when it is tried again, if ever. */
export function failPicture(tx: Tx, failed: Parameters<typeof fail>[0]): void {
  tx.run(fail(failed))
}

export function forgetPicture(tx: Tx, url: string): void {
  tx.run(forget({ url }))
}
