import type { NotificationData } from './notification.ts'
import { openPanel } from './open-panel.ts'
import { pressStep, pressUndo } from './press-action.ts'
import { post, report } from './shop-api.ts'
import { show } from './show-push.ts'

/** Does what a tap on a notification, or on a button of it, asks for. */
export async function handleClick(notification: Notification, action: string): Promise<void> {
  const data = (notification.data ?? { navigate: '/app' }) as NotificationData
  notification.close()
  const opened = report(data.notice, 'opened')
  await act(notification, data, action)
  await opened
}

async function act(notification: Notification, data: NotificationData, action: string): Promise<void> {
  const { tag } = notification
  const { actions = [] } = notification as { actions?: { action: string; title: string }[] }
  const label = actions.find((one) => one.action === action)?.title ?? 'Try again'
  const pressed = { tag, label, data }
  if (action === 'step' && data.step) await show(await pressStep(data.step, pressed, post))
  else if (action === 'undo' && data.undo) await show(await pressUndo(data.undo, pressed, post))
  else await openPanel(data.navigate)
}
