import type { WebhookInfo } from '@grammyjs/types'
import { isSecure } from '../inline-button.ts'
import type { Params } from '../params.ts'
import { badRequest } from '../refusal.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Methods } from './method.ts'
import { rememberAllowed } from './polling.ts'

export const webhookMethods: Methods = { setWebhook, deleteWebhook, getWebhookInfo }

function setWebhook(sandbox: Sandbox, params: Params): true {
  const url = params.text('url') ?? ''
  const secret = params.text('secret_token') ?? ''
  if (url !== '' && !isSecure(url)) {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
  }
  if (secret.length > 256) throw badRequest('secret token is too long')
  if (/[^A-Za-z0-9_-]/.test(secret)) throw badRequest('secret token contains unallowed characters')
  rememberAllowed(sandbox, params)
  if (params.flag('drop_pending_updates')) sandbox.updates.clear()
  if (url !== '') sandbox.updates.endPolls('Conflict: terminated by setWebhook request')
  const given = params.integer('max_connections') ?? 40
  sandbox.webhook.set({ url, secret, maxConnections: Math.min(Math.max(given, 1), 100) })
  return true
}

function deleteWebhook(sandbox: Sandbox, params: Params): true {
  if (params.flag('drop_pending_updates')) sandbox.updates.clear()
  sandbox.webhook.set({ url: '', secret: '', maxConnections: 40 })
  return true
}

function getWebhookInfo({ webhook, updates }: Sandbox): WebhookInfo {
  const { lastError } = webhook
  return {
    url: webhook.url,
    has_custom_certificate: false,
    pending_update_count: updates.pending().length,
    ...(webhook.url ? { max_connections: webhook.maxConnections } : {}),
    ...(lastError
      ? { last_error_date: Math.floor(lastError.at / 1000), last_error_message: lastError.message }
      : {}),
    ...(updates.allowed
      ? { allowed_updates: [...updates.allowed] as WebhookInfo['allowed_updates'] & [] }
      : {}),
  }
}
