import { effect, signal } from '@preact/signals'
import { hasUnsaved } from '../parts/draft.ts'
import type { Haptic, TelegramSdk } from './sdk.ts'

/** Telegram's SDK once it is there; undefined before, and outside Telegram. */
export const telegram = signal<TelegramSdk | undefined>(undefined)

/** Loads the SDK. Everything in the panel works without it, so that a failure costs only the trimmings. */
export async function connectTelegram(): Promise<void> {
  try {
    const { startSdk } = await import('./sdk.ts')
    telegram.value = startSdk()
  } catch {
    return
  }
  effect(() => telegram.value?.confirmClosing(hasUnsaved.value))
}

/** A tap the hand can feel, where the phone can. */
export function haptic(kind: Haptic): void {
  try {
    telegram.peek()?.haptic(kind)
  } catch {
    // A client too old for it.
  }
}
