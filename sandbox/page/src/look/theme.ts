import { computed, effect, signal } from '@preact/signals'

export type Appearance = 'system' | 'light' | 'dark'

const STORED = 'sandbox.appearance'
const system = window.matchMedia('(prefers-color-scheme: dark)')
const systemDark = signal(system.matches)

export const appearance = signal<Appearance>(readStored())

/** What is on the screen now; the Mini App is told the same. */
export const dark = computed(() =>
  appearance.value === 'system' ? systemDark.value : appearance.value === 'dark',
)

/** Paints the page, now and whenever the choice or the system changes. */
export function followTheme(): void {
  system.addEventListener('change', () => {
    systemDark.value = system.matches
  })
  effect(() => {
    document.documentElement.dataset.theme = dark.value ? 'dark' : 'light'
  })
}

export function toggleTheme(): void {
  const next = dark.value ? 'light' : 'dark'
  // Back to what the system says anyway: then go on following it.
  appearance.value = (next === 'dark') === systemDark.value ? 'system' : next
  try {
    localStorage.setItem(STORED, appearance.value)
  } catch {
    // Storage is switched off; the choice lasts until the reload.
  }
}

function readStored(): Appearance {
  try {
    const stored = localStorage.getItem(STORED)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}
