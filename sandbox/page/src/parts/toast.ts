import { signal } from '@preact/signals'

export interface Toast {
  id: number
  text: string
}

const shownFor = 3200
let lastId = 0

/** A line over the chat, as the bot's short answers come. */
export const toast = signal<Toast | undefined>(undefined)

/** The bot's longer answer, to be closed by hand. */
export const alertText = signal<string | undefined>(undefined)

export function showToast(text: string): void {
  lastId += 1
  const id = lastId
  toast.value = { id, text }
  setTimeout(() => {
    if (toast.peek()?.id === id) toast.value = undefined
  }, shownFor)
}

/** Does something for the person; what goes wrong is told, not thrown. */
export async function attempt<T>(what: () => Promise<T>): Promise<T | undefined> {
  try {
    return await what()
  } catch (error) {
    showToast(error instanceof Error ? error.message : 'That did not work')
    return undefined
  }
}

export function copy(text: string): void {
  // Only a page on https or this very machine may write to the clipboard; it is one of them.
  navigator.clipboard.writeText(text).then(
    () => showToast('Copied'),
    () => showToast('The browser does not let the page copy'),
  )
}
