import type { Answer } from './press-action.ts'

const TIMEOUT_MS = 15_000

/** Sends a command in the name of whoever is signed in to the panel; their cookie goes along. */
export async function post(path: string, body: unknown, idempotencyKey: string): Promise<Answer> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { status: response.status, body: await response.json().catch(() => ({})) }
  } catch {
    return { status: 0, body: {} }
  }
}

/** Tells the shop, as well as can be, that a notice was seen: nothing waits for this. */
export async function report(
  notice: { id: number; receipt: string } | undefined,
  what: 'shown' | 'opened',
): Promise<void> {
  if (!notice) return
  await fetch('/api/push/receipts', {
    method: 'POST',
    keepalive: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ notice: notice.id, receipt: notice.receipt, what }),
  }).catch(() => {})
}
