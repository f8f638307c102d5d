import { signal } from '@preact/signals'

export interface Snack {
  text: string
  /** Takes back what was done; `until` is in the shop's time. */
  undo?: { until: number; press: () => Promise<void> }
}

/** The one short message at the bottom edge. */
export const snack = signal<Snack | undefined>(undefined)

const SHOWN_MS = 5000
let timer: ReturnType<typeof setTimeout> | undefined

/** Says something in passing. */
export function say(text: string): void {
  show({ text }, SHOWN_MS)
}

/** Shows `next` for a while, in place of what was shown. */
export function show(next: Snack, ms: number): void {
  clearTimeout(timer)
  snack.value = next
  timer = setTimeout(hideSnack, ms)
}

export function hideSnack(): void {
  clearTimeout(timer)
  snack.value = undefined
}
