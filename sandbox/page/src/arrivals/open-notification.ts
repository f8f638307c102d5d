import { openMenuApp } from '../api/sandbox.ts'
import { openApp } from '../miniapp/opened-app.ts'
import { attempt } from '../parts/toast.ts'
import { openLink } from '../text/links.ts'
import { isStaff } from '../world/world.ts'
import { type Notification, open, wipe } from './arrivals.ts'

/** A tap on a notification: the panel opens where it leads, and the notification is gone. */
export async function openNotification(notification: Notification): Promise<void> {
  const { personId, navigate } = notification
  open.value = undefined
  void wipe(notification)
  const actor = { personId, chatId: personId }
  const menu = isStaff(personId) ? await attempt(() => openMenuApp(actor)) : undefined
  const url = menu && launchedAt(menu.url, navigate)
  if (url) openApp(actor, url)
  else openLink(navigate)
}

/** The launch URL of the panel, leading to another page of it; undefined when that is no page of the panel. */
function launchedAt(launch: string, page: string): string | undefined {
  const url = new URL(launch)
  const { origin, pathname, search } = new URL(page)
  if (origin !== url.origin) return undefined
  url.pathname = pathname
  url.search = search
  return url.href
}
