import type { Clock } from '../../src/lib/clock.ts'
import type { SandboxEvents } from '../telegram/sandbox-events.ts'

/** A made-up phone or laptop of somebody who has alerts switched on. */
export interface Device {
  /** Its push endpoint. */
  id: string
  personId: number
  /** What its owner calls it. */
  name: string
}

export interface PushDetails {
  deviceId: string
  title: string
  body: string
  /** A later push with the same tag takes its place; '' never does. */
  tag: string
  silent: boolean
  /** Where a tap leads. */
  navigate: string
}

/** A notification that lies on a lock screen. */
export interface ShownPush extends PushDetails {
  id: number
  personId: number
  device: string
  at: number
}

export interface Mailbox {
  personId: number
  address: string
}

export interface MailDetails {
  /** Whose mailbox it fell into; nobody's when the sandbox knows no such address. */
  personId?: number | undefined
  from: string
  to: string
  subject: string
  text: string
  html: string
}

export interface ArrivedMail extends MailDetails {
  id: number
  at: number
}

/** What reaches people beside Telegram: notifications on their lock screens and mails in their mailboxes. */
export interface Arrivals {
  addDevice(device: Device): void
  /** Shows a push; one for an unknown device is nobody's to see. */
  addPush(push: PushDetails): void
  /** Wipes a notification away. Returns whether it was there. */
  removePush(id: number): boolean
  addMailbox(mailbox: Mailbox): void
  addMail(mail: MailDetails): void
  /** Notifications are oldest first. */
  pushes(): { devices: Device[]; pushes: ShownPush[] }
  /** Mails are oldest first. */
  mails(): { mailboxes: Mailbox[]; mails: ArrivedMail[] }
}

const REMEMBERED = 200

export function createArrivals(events: SandboxEvents, clock: Clock): Arrivals {
  const devices = new Map<string, Device>()
  const mailboxes = new Map<number, Mailbox>()
  let pushes: ShownPush[] = []
  let mails: ArrivedMail[] = []
  let lastId = 0

  function stamp(): { id: number; at: number } {
    lastId += 1
    return { id: lastId, at: clock.now() }
  }

  const arrivals: Arrivals = {
    addDevice: (device) => void devices.set(device.id, device),
    addPush(details) {
      const device = devices.get(details.deviceId)
      if (!device) return
      const push = { ...details, ...stamp(), personId: device.personId, device: device.name }
      pushes = [...pushes.filter((known) => !isReplaced(known, push)), push].slice(-REMEMBERED)
      events.emit({ type: 'push', push })
    },
    removePush(id) {
      const left = pushes.filter((push) => push.id !== id)
      if (left.length === pushes.length) return false
      pushes = left
      events.emit({ type: 'push-gone', pushId: id })
      return true
    },
    addMailbox: (mailbox) => void mailboxes.set(mailbox.personId, mailbox),
    addMail(details) {
      const mail = { ...details, ...stamp() }
      if (mail.personId !== undefined) arrivals.addMailbox({ personId: mail.personId, address: mail.to })
      mails = [...mails, mail].slice(-REMEMBERED)
      events.emit({ type: 'mail', mail })
    },
    pushes: () => ({ devices: [...devices.values()], pushes }),
    mails: () => ({ mailboxes: [...mailboxes.values()], mails }),
  }
  return arrivals
}

function isReplaced(known: ShownPush, by: ShownPush): boolean {
  return by.tag !== '' && known.tag === by.tag && known.deviceId === by.deviceId
}
