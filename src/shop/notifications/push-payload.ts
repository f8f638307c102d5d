/**
 * What a push carries: a declarative push message, which Safari shows by itself (https://www.w3.org/TR/push-api,
 * "declarative push message"), and which the panel's service worker reads everywhere else.
 */
export interface PushPayload {
  web_push: 8030
  notification: {
    title: string
    body: string
    /** Where a tap leads: an absolute address. */
    navigate: string
    lang: string
    dir: 'auto'
    silent: boolean
    /** Notices with the same tag replace one another. */
    tag: string
    /** Where the first Safari that can do it looks for the badge. */
    app_badge: string
  }
  /** Open orders, for the badge on the panel's icon. */
  app_badge: number
  kind: string
  /** The receipt allows the browser to report this notice as shown or opened. */
  notice: { id: number; receipt: string }
  /** The step an order can take from the lock screen. */
  action?: { label: string; orderId: number; version: number; step: string }
}
