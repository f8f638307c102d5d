import { setImmediate as otherWork } from 'node:timers/promises'

/** The check was called off because the shop closes; it is done again after the next start. */
export class CheckStopped extends Error {
  override readonly name = 'CheckStopped'
}

const PAGE = 200

export interface Pages<R, P> {
  start: P
  /** The rows after a position, at most `limit`. */
  read(after: P, limit: number): R[]
  positionOf(row: R): P
}

export interface Walk<R, P> extends Pages<R, P> {
  signal: AbortSignal
}

/** A table in pages, one after the other. */
export function* pagesOf<R, P>({ start, read, positionOf }: Pages<R, P>): Generator<R[], void, void> {
  let position = start
  for (;;) {
    const rows = read(position, PAGE)
    yield rows
    const last = rows.at(-1)
    if (rows.length < PAGE || last === undefined) return
    position = positionOf(last)
  }
}

/** Walks over a table in pages and lets other work pass between them. Calls `look` with each row; returns how many. */
export async function walk<R, P>({ signal, ...pages }: Walk<R, P>, look: (row: R) => void): Promise<number> {
  let count = 0
  for (const rows of pagesOf(pages)) {
    rows.forEach(look)
    count += rows.length
    await otherWork()
    if (signal.aborted) throw new CheckStopped()
  }
  return count
}
