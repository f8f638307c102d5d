import type { PushMessage } from './read-payload.ts'

/** What a notification remembers for the tap on it. */
export interface NotificationData {
  navigate: string
  notice?: { id: number; receipt: string }
  step?: StepCommand
  undo?: UndoCommand
}

export interface StepCommand {
  orderId: number
  step: string
  version: number
  /** The same for each press, so that pressing twice takes the step once. */
  key: string
}

export interface UndoCommand {
  orderId: number
  version: number
  key: string
}

/** A notification as `showNotification` takes it; some of it the type library does not know yet. */
export interface Shown {
  title: string
  options: NotificationOptions & {
    data: NotificationData
    renotify: boolean
    actions: { action: string; title: string }[]
  }
}

const LOOK = { icon: '/app/icon-192.png', badge: '/app/badge-96.png' }

/** The notification for a push. `maxActions` is how many buttons the platform shows. */
export function notificationOf(message: PushMessage, maxActions: number): Shown {
  const { title, body, navigate, lang, silent, tag, notice, action } = message
  const step = action && {
    orderId: action.orderId,
    step: action.step,
    version: action.version,
    key: `push-${notice?.id ?? 'none'}-${action.step}-${action.version}`,
  }
  return {
    title,
    options: {
      ...LOOK,
      body,
      lang,
      dir: 'auto',
      tag,
      silent,
      // With the same tag, a phone otherwise replaces the old one without a sound.
      renotify: !silent,
      actions: action && maxActions > 0 ? [{ action: 'step', title: action.label }] : [],
      data: { navigate, ...(notice && { notice }), ...(step && { step }) },
    },
  }
}

/** Takes the place of a notification after a button on it was pressed. */
export function followUp(
  tag: string,
  text: { title: string; body?: string },
  data: NotificationData,
  action?: { action: 'step' | 'undo'; title: string },
): Shown {
  return {
    title: text.title,
    options: {
      ...LOOK,
      body: text.body ?? '',
      lang: 'en',
      dir: 'auto',
      tag,
      // The person has just pressed: there is nothing to ring for.
      silent: true,
      renotify: false,
      actions: action ? [action] : [],
      data,
    },
  }
}
