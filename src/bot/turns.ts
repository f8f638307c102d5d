/** Work in lines, one for each key: one after another within a line, lines beside one another. */
export interface Turns<T> {
  add(key: number, item: T): void
  /** Begins nothing more; resolves when what is in hand is done. */
  stop(): Promise<void>
}

export interface TurnsParts<T> {
  /** Does one item. Resolves to the milliseconds after which to do it again, or to undefined when it is done. It never throws. */
  handle(item: T): Promise<number | undefined>
  after(ms: number, fn: () => void): void
  /** How many lines are worked on at the same time. */
  atMost: number
}

interface Line<T> {
  key: number
  /** The one in hand or next in turn first. */
  items: T[]
}

/**
 * Makes such lines. Each item begins in a turn of the event loop of its own, so that a crowd that comes at once holds up nothing
 * that is urgent. What has to be done again holds up its own line, and nobody else's.
 */
export function createTurns<T>({ handle, after, atMost }: TurnsParts<T>): Turns<T> {
  const lines = new Map<number, Line<T>>()
  const ready: Line<T>[] = []
  const inHand = new Set<Promise<void>>()
  let scheduled = false
  let stopping = false

  function add(key: number, item: T): void {
    const line = lines.get(key)
    if (line) {
      line.items.push(item)
      return
    }
    const fresh = { key, items: [item] }
    lines.set(key, fresh)
    makeReady(fresh)
  }

  function makeReady(line: Line<T>): void {
    ready.push(line)
    beginSoon()
  }

  function beginSoon(): void {
    if (scheduled || stopping || ready.length === 0 || inHand.size >= atMost) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      if (!stopping) beginNext()
      beginSoon()
    })
  }

  function beginNext(): void {
    const line = ready.shift()
    if (!line) return
    const mine = handleFirst(line).finally(() => {
      inHand.delete(mine)
      beginSoon()
    })
    inHand.add(mine)
  }

  async function handleFirst(line: Line<T>): Promise<void> {
    const again = await handle(line.items[0] as T)
    if (again !== undefined) {
      after(again, () => makeReady(line))
      return
    }
    line.items.shift()
    if (line.items.length > 0) makeReady(line)
    else lines.delete(line.key)
  }

  return {
    add,
    async stop() {
      stopping = true
      await Promise.all(inHand)
    },
  }
}
