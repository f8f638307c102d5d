import type { Update } from '@grammyjs/types'
import type { Params } from '../params.ts'
import { Refusal } from '../refusal.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Methods } from './method.ts'

const webhookActive =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

export const pollingMethods: Methods = { getUpdates }

function getUpdates(sandbox: Sandbox, params: Params): Promise<Update[]> | Update[] {
  if (sandbox.webhook.url !== '') throw new Refusal(409, webhookActive)
  rememberAllowed(sandbox, params)
  const limit = params.integer('limit') ?? 100
  const timeout = params.integer('timeout') ?? 0
  return sandbox.updates.poll({
    offset: params.integer('offset') ?? 0,
    limit: limit < 1 || limit > 100 ? 100 : limit,
    timeout: Math.min(Math.max(timeout, 0), 50),
  })
}

/** The list stays as it was when a call leaves it out; an empty one means the default. */
export function rememberAllowed({ updates }: Sandbox, params: Params): void {
  const allowed = params.json('allowed_updates')
  if (Array.isArray(allowed)) updates.allowed = allowed.length > 0 ? allowed.map(String) : undefined
}
