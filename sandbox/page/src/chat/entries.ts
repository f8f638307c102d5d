import type { SeenMessage } from '../api/shapes.ts'

/** What stands in the chat, top to bottom: days, and messages (the parts of an album together). */
export type Entry =
  | { kind: 'day'; key: string; date: number }
  | { kind: 'messages'; key: string; messages: SeenMessage[]; first: boolean; last: boolean }

/** Seconds after which the same author's next message stands apart. */
const together = 600

export function entriesOf(messages: readonly SeenMessage[]): Entry[] {
  const entries: Entry[] = []
  let before: SeenMessage | undefined
  for (const message of messages) {
    const newDay = !before || dayOf(before) !== dayOf(message)
    const previous = entries.at(-1)
    if (newDay) entries.push({ kind: 'day', key: `day-${dayOf(message)}`, date: message.date })
    if (
      !newDay &&
      before &&
      message.album &&
      before.album === message.album &&
      previous?.kind === 'messages'
    ) {
      previous.messages.push(message)
    } else {
      const first = newDay || !before || !belongTogether(before, message)
      if (!first && previous?.kind === 'messages') previous.last = false
      entries.push({ kind: 'messages', key: String(message.id), messages: [message], first, last: true })
    }
    before = message
  }
  return entries
}

function belongTogether(before: SeenMessage, message: SeenMessage): boolean {
  const service = before.payment || message.payment
  return !service && before.fromId === message.fromId && message.date - before.date < together
}

function dayOf({ date }: SeenMessage): string {
  const day = new Date(date * 1000)
  return `${day.getFullYear()}-${day.getMonth()}-${day.getDate()}`
}

/** "Today", "Yesterday", "5 January", "5 January 2024". Both in milliseconds. */
export function dayName(date: number, now: number): string {
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  if (date >= midnight) return 'Today'
  if (date >= midnight - 86_400_000) return 'Yesterday'
  const year = new Date(date).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric'
  return new Date(date).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year })
}
