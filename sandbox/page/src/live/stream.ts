import type { PageEvent } from '../api/shapes.ts'

const types = [
  'message',
  'keys',
  'typing',
  'callback',
  'payment',
  'access',
  'person',
  'bot',
  'push',
  'push-gone',
  'mail',
] as const
const retry = 1000

interface Listeners {
  /** Connected, for the first time or again: whatever came meanwhile was missed. */
  hello: () => void
  event: (event: PageEvent) => void
  lost: () => void
}

/** Follows the sandbox for as long as the page lives, across its restarts. */
export function followStream(listeners: Listeners): void {
  const source = new EventSource('/sandbox/stream')
  source.addEventListener('hello', () => listeners.hello())
  for (const type of types) {
    source.addEventListener(type, (message) => {
      listeners.event({ ...(JSON.parse(message.data as string) as object), type } as PageEvent)
    })
  }
  // The browser's own retry gives up on some failures (a proxy's 502, say); ours never does.
  source.addEventListener('error', () => {
    source.close()
    listeners.lost()
    setTimeout(() => followStream(listeners), retry)
  })
}
