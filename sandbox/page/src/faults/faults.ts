import { computed, signal } from '@preact/signals'
import { ask } from '../api/http.ts'
import type { ActiveFaults, FaultKind, FaultRule } from '../api/shapes.ts'
import { attempt } from '../parts/toast.ts'

export interface KnownFault {
  with: FaultKind
  name: string
  /** What it simulates, in one sentence. */
  meaning: string
}

const refresh = 1500

/** What Telegram can be made to answer. */
export const knownFaults: KnownFault[] = [
  {
    with: 429,
    name: 'Too fast (429)',
    meaning: 'Telegram says the shop writes too fast and must wait a moment.',
  },
  {
    with: 500,
    name: 'Server error (500)',
    meaning: 'Telegram has trouble of its own and did not do what was asked.',
  },
  { with: 'timeout', name: 'No answer', meaning: 'Telegram takes the call and then says nothing at all.' },
  {
    with: 'cut',
    name: 'Line cut before',
    meaning: 'The connection breaks before Telegram has done anything.',
  },
  {
    with: 'cut-after-applying',
    name: 'Line cut after',
    meaning: 'Telegram has done it, but the shop never hears so: a repeat may come twice.',
  },
]

export const drawerOpen = signal(false)
export const rules = signal<FaultRule[]>([])
/** Milliseconds by which updates come late. */
export const updateDelay = signal(0)
/** How many updates are still to come twice. */
export const doubled = signal(0)
export const activeFaults = computed(
  () => rules.value.length + Number(updateDelay.value > 0) + Number(doubled.value > 0),
)

/** Keeps the figures true while there are any, or while somebody looks at them. */
export function followFaults(): void {
  void loadFaults()
  setInterval(() => {
    if (drawerOpen.peek() || activeFaults.peek() > 0) void loadFaults()
  }, refresh)
}

export async function loadFaults(): Promise<void> {
  const answer = await ask<ActiveFaults>('/faults').catch(() => undefined)
  rules.value = answer?.rules ?? []
  updateDelay.value = answer?.updateDelay ?? 0
  doubled.value = answer?.duplicates ?? 0
}

export async function addFault(rule: FaultRule): Promise<void> {
  await change('/faults', rule)
}

export async function duplicateUpdates(count: number): Promise<void> {
  await change('/faults/duplicate-updates', { count })
}

export async function delayUpdates(ms: number): Promise<void> {
  await change('/faults/delay-updates', { ms })
}

export async function clearFaults(): Promise<void> {
  await attempt(() => ask('/faults', { method: 'DELETE' }))
  await loadFaults()
}

export function faultName(kind: FaultKind): string {
  return knownFaults.find((fault) => fault.with === kind)?.name ?? `Error (${kind})`
}

async function change(path: string, body: object): Promise<void> {
  await attempt(() => ask(path, { body }))
  await loadFaults()
}
