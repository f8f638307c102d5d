import { computed, signal } from '@preact/signals'
import { useState } from 'preact/hooks'

const PREFIX = 'shop.draft.'
const unsaved = signal<ReadonlySet<string>>(new Set(keptDrafts()))

/** Whether a form holds something that would be lost with the panel. */
export const hasUnsaved = computed(() => unsaved.value.size > 0)

export interface Draft<T> {
  /** What was typed and not saved yet; undefined when nothing was. */
  value: T | undefined
  keep: (value: T) => void
  drop: () => void
}

/** What a person has typed into a form: it survives a failed save, a reload and a look at another screen. */
export function useDraft<T>(key: string): Draft<T> {
  const [held, setHeld] = useState(() => ({ key, value: readDraft<T>(key) }))
  // Another order has another draft, although the same field shows it.
  const value = held.key === key ? held.value : readDraft<T>(key)
  return {
    value,
    keep(next) {
      if (next === '') dropDraft(key)
      else writeDraft(key, next)
      setHeld({ key, value: next })
    },
    drop() {
      dropDraft(key)
      setHeld({ key, value: undefined })
    },
  }
}

export function readDraft<T>(key: string): T | undefined {
  try {
    const json = sessionStorage.getItem(PREFIX + key)
    return json === null ? undefined : (JSON.parse(json) as T)
  } catch {
    return undefined
  }
}

// Drafts of before a reload are as unsaved as they were.
function keptDrafts(): string[] {
  try {
    return Object.keys(sessionStorage).flatMap((key) =>
      key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : [],
    )
  } catch {
    return []
  }
}

function writeDraft(key: string, value: unknown): void {
  unsaved.value = new Set(unsaved.value).add(key)
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch {
    // Storage switched off or full: the draft then lives as long as its screen.
  }
}

export function dropDraft(key: string): void {
  const left = new Set(unsaved.value)
  left.delete(key)
  unsaved.value = left
  try {
    sessionStorage.removeItem(PREFIX + key)
  } catch {
    // See writeDraft.
  }
}
