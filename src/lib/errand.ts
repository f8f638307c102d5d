import { AsyncLocalStorage } from 'node:async_hooks'

/** What the process does for somebody: it has ids that whatever is logged meanwhile carries, and leads to events. */
export interface Errand {
  readonly ids: Readonly<Record<string, string | number>>
  /** The ids of the events it has led to so far. */
  readonly events: number[]
}

const current = new AsyncLocalStorage<Errand | undefined>()

/** Calls `fn` on a new errand, which lasts for all that `fn` waits for. */
export function onErrand<T>(ids: Errand['ids'], fn: (errand: Errand) => T): T {
  const errand: Errand = { ids, events: [] }
  return current.run(errand, fn, errand)
}

/** Calls `fn` on nobody's errand: for what is woken by one and goes on for all. */
export function offErrand<T>(fn: () => T): T {
  return current.run(undefined, fn)
}

/** The errand of whoever asks; undefined outside of any. */
export function currentErrand(): Errand | undefined {
  return current.getStore()
}
