import { signal } from '@preact/signals'
import type { Actor } from '../api/sandbox.ts'
import { dark } from '../look/theme.ts'
import { themeOf, withTheme } from './theme-params.ts'

export interface OpenedApp {
  actor: Actor
  url: string
  /** Set when it was opened by a key of the reply keyboard: only then may it send data to the bot. */
  key?: string
  /** Counts up to load it anew. */
  load: number
}

/** The Mini App over the chat. */
export const openedApp = signal<OpenedApp | undefined>(undefined)

export function openApp(actor: Actor, url: string, key?: string): void {
  openedApp.value = { actor, url: withTheme(url, themeOf(dark.peek())), load: 0, ...(key ? { key } : {}) }
}
