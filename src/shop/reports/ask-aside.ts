import type { Database } from '../../db/database.ts'
import type { slowReads } from './slow-reads.ts'

const MODULE = new URL('./slow-reads.ts', import.meta.url).href

type SlowReads = typeof slowReads
type InputOf<Name extends keyof SlowReads> = Parameters<SlowReads[Name]>[1]
type PieceOf<Name extends keyof SlowReads> =
  ReturnType<SlowReads[Name]> extends Generator<infer Piece> ? Piece : never

/**
 * Has something read beside the main thread, a piece at a time. Throws a ShopError busy when too much is asked for at once,
 * and the signal's reason when it is called off.
 */
export function askAside<Name extends keyof SlowReads>(
  db: Database,
  name: Name,
  input: InputOf<Name>,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<PieceOf<Name>, void, void> {
  return db.aside<PieceOf<Name>>({ module: MODULE, name, input }, signal)
}
