import { signal } from '@preact/signals'
import { startBot } from '../api/sandbox.ts'
import { attempt } from '../parts/toast.ts'
import { visit } from './sync.ts'
import { place } from './world.ts'

/** The payload of a link that makes somebody sign in or join: whoever is to open it has to be asked. */
export const asked = signal<string | undefined>(undefined)

/** Does what t.me does with `/<bot>?start=…`: whoever's phone is on the screen presses Start with that payload. */
export function followDeepLink(): void {
  const payload = new URLSearchParams(location.search).get('start')
  if (!payload) return
  // Gone from the address, so that a reload does not press it again.
  history.replaceState(null, '', '/')
  if (/^(login|join)_/.test(payload)) {
    asked.value = payload
    return
  }
  const stop = place.subscribe((actor) => {
    if (!actor) return
    queueMicrotask(() => stop())
    press(actor.personId, payload)
  })
}

/** Opens the link that was asked about on this person's phone, without keeping that phone for the next time. */
export function openAs(personId: number): void {
  const payload = asked.peek()
  asked.value = undefined
  if (!payload) return
  visit({ personId, chatId: personId })
  press(personId, payload)
}

function press(personId: number, payload: string): void {
  void attempt(() => startBot({ personId, chatId: personId }, payload))
}
