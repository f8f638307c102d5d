import { signal } from '@preact/signals'
import { ask } from '../api/http.ts'
import type { ArrivedMail, Device, Mailbox, ShownPush } from '../api/shapes.ts'
import { attempt } from '../parts/toast.ts'

/** What lies on the lock screens, on all devices of a person taken together. */
export interface Notification extends ShownPush {
  /** On which devices, as in "Olga’s phone, Olga’s laptop". */
  devices: string
  /** Its pushes, one for each device. */
  ids: number[]
}

export const devices = signal<Device[]>([])
export const pushes = signal<ShownPush[]>([])
export const mailboxes = signal<Mailbox[]>([])
export const mails = signal<ArrivedMail[]>([])
/** What has been looked at, by the ids of pushes and mails, which are one row of numbers. */
export const seen = signal<ReadonlySet<number>>(new Set())
/** What covers the chat of the phone in hand. */
export const open = signal<'lock-screen' | 'mailbox' | undefined>(undefined)

let isFirst = true
let lastLoad = 0

/** Loads what has arrived. What was there when the page was opened is no news. */
export async function loadArrivals(): Promise<void> {
  lastLoad += 1
  const load = lastLoad
  const [pushed, mailed] = await Promise.all([
    ask<{ devices: Device[]; pushes: ShownPush[] }>('/pushes'),
    ask<{ mailboxes: Mailbox[]; mails: ArrivedMail[] }>('/mails'),
  ]).catch(() => [])
  // An answer may overtake an earlier one.
  if (!pushed || !mailed || load !== lastLoad) return
  if (isFirst) markSeen([...pushed.pushes, ...mailed.mails].map(({ id }) => id))
  isFirst = false
  devices.value = pushed.devices
  pushes.value = pushed.pushes
  mailboxes.value = mailed.mailboxes
  mails.value = mailed.mails
}

export function markSeen(ids: number[]): void {
  seen.value = new Set([...seen.peek(), ...ids])
}

/** The person's notifications, newest first. */
export function notificationsOf(personId: number): Notification[] {
  const mine = pushes.value.filter((push) => push.personId === personId)
  const together = Map.groupBy(mine, ({ id, tag, title, body }) => (tag ? `${tag}\n${title}\n${body}` : id))
  const notifications = [...together.values()].map((same) => ({
    ...(same[0] as ShownPush),
    devices: same.map(({ device }) => device).join(', '),
    ids: same.map(({ id }) => id),
  }))
  return notifications.sort((a, b) => b.id - a.id)
}

export function isNews({ ids }: Notification): boolean {
  return ids.some((id) => !seen.value.has(id))
}

/** Takes a notification off the lock screen, on every device. */
export async function wipe({ ids }: Pick<Notification, 'ids'>): Promise<void> {
  await attempt(() => Promise.all(ids.map((id) => ask(`/pushes/${id}`, { method: 'DELETE' }))))
}

/** The person's mails, newest first. */
export function mailsOf(personId: number): ArrivedMail[] {
  return mails.value.filter((mail) => mail.personId === personId).reverse()
}
