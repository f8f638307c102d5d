import { backoffMs } from './backoff.ts'
import { createSseParser, type SseMessage } from './sse-parser.ts'

/** The server pings every 15 s; three missed pings mean that nobody is there any more. */
const WATCHDOG_MS = 45_000
/** On coming back to the panel we are less patient: one missed ping is enough to look again. */
const STALE_MS = 20_000
const FORBIDDEN = 403
/** A line that has held this long was a good one: the next loss is a first one again. */
const STEADY_MS = 5_000

export interface ConnectionOptions {
  open: (lastEventId: string | undefined, signal: AbortSignal) => Promise<Response>
  onMessage: (message: SseMessage) => void
  /** `resumed` is false when this connection cannot know what happened before it. */
  onOpen: (resumed: boolean) => void
  onLost: () => void
}

export interface Connection {
  /** Looks at once whether the line is alive, and connects anew if not. */
  wake: () => void
  /** Gives the line up, as the device has said that there is no network. */
  drop: () => void
  stop: () => void
}

/** Keeps a stream open for as long as the panel runs: reconnects by itself and asks for what was missed. */
export function keepConnected(options: ConnectionOptions): Connection {
  const stopping = new AbortController()
  let lastId: string | undefined
  let attempt = 0
  let heardAt = 0
  let line = new AbortController()
  let interrupt = () => {}

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      line = new AbortController()
      const goOn = await listen(line).catch(() => true)
      if (stopping.signal.aborted || !goOn) return
      options.onLost()
      await pause(backoffMs(attempt++))
    }
  }

  async function listen(current: AbortController): Promise<boolean> {
    const watchdog = new Watchdog(() => current.abort())
    try {
      const response = await options.open(lastId, current.signal)
      if (response.status === FORBIDDEN) return false
      if (!response.ok || !response.body) return true
      await readAll(response.body, watchdog)
      return true
    } finally {
      watchdog.rest()
    }
  }

  async function readAll(body: ReadableStream<Uint8Array>, watchdog: Watchdog): Promise<void> {
    const parser = createSseParser()
    const reader = body
      .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
      .getReader()
    const openedAt = Date.now()
    let isOpen = false
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      heardAt = Date.now()
      watchdog.feed()
      if (heardAt - openedAt > STEADY_MS) attempt = 0
      const messages = parser.push(part.value)
      // The shop has no room for one more panel: it hangs up, and we come back later.
      if (messages[0]?.event === 'full') return
      if (!isOpen) options.onOpen(lastId !== undefined)
      isOpen = true
      for (const message of messages) options.onMessage(message)
      lastId = parser.lastId() ?? lastId
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      interrupt = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  void run()
  return {
    wake() {
      attempt = 0
      if (Date.now() - heardAt > STALE_MS) line.abort()
      interrupt()
    },
    drop() {
      line.abort()
    },
    stop() {
      stopping.abort()
      line.abort()
      interrupt()
    },
  }
}

class Watchdog {
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly bark: () => void

  constructor(bark: () => void) {
    this.bark = bark
    this.feed()
  }

  feed(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(this.bark, WATCHDOG_MS)
  }

  rest(): void {
    clearTimeout(this.timer)
  }
}
