import type { Api } from 'grammy'
import { deriveKey } from '../lib/ids.ts'
import { ALLOWED_UPDATES } from './allowed-updates.ts'

/** Where Telegram posts updates, and the secret it proves itself with. */
export interface Webhook {
  url: string
  path: string
  secret: string
}

/** The webhook of this shop, or undefined when updates are fetched. Path and secret are made from the token, so that nobody has to invent them. */
export function webhookOf(config: {
  botToken: string
  publicUrl: string | undefined
  updates: 'polling' | 'webhook'
}): Webhook | undefined {
  if (config.updates === 'polling') return undefined
  const path = `/telegram/${deriveKey(config.botToken, 'path').slice(0, 24)}`
  return { url: `${config.publicUrl}${path}`, path, secret: deriveKey(config.botToken, 'secret') }
}

/** Tells Telegram to post updates to the webhook, or to keep them until they are fetched. */
export async function arrangeDelivery(api: Api, webhook: Webhook | undefined): Promise<void> {
  if (!webhook) {
    await api.deleteWebhook()
    return
  }
  await api.setWebhook(webhook.url, {
    secret_token: webhook.secret,
    allowed_updates: [...ALLOWED_UPDATES],
    // One after another, as they happened; each is only stored before the next.
    max_connections: 1,
  })
}
