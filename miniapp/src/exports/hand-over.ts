import { say } from '../parts/snack.ts'
import { telegram } from '../telegram/telegram.ts'

const FORGET_AFTER_MS = 60_000

/** Gives a file to the person. Telegram's own browser seldom saves what a page made, so there the phone's sheet for sharing comes first. */
export async function handOver(file: File): Promise<void> {
  if (telegram.peek() && navigator.canShare?.({ files: [file] })) {
    try {
      return await navigator.share({ files: [file] })
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return
      // A client that says it can and cannot: the link is what is left.
    }
  }
  saveByLink(file)
}

function saveByLink(file: File): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(url), FORGET_AFTER_MS)
  if (telegram.peek()) say('If nothing was saved: open the panel in a browser, and export there.')
}
