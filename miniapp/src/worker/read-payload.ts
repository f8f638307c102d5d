import type { PushPayload } from '../../../src/http/contract/push.ts'

/** What the worker knows of a push; a part that is missing or broken is left out, so that something is always shown. */
export interface PushMessage {
  title: string
  body: string
  /** A path of the panel. */
  navigate: string
  lang: string
  silent: boolean
  tag: string
  /** Undefined leaves the badge as it is. */
  badge: number | undefined
  notice: { id: number; receipt: string } | undefined
  action: { label: string; step: string; orderId: number; version: number } | undefined
}

type Loose = { [K in keyof PushPayload]?: unknown } & { notification?: Record<string, unknown> }

/** Reads a push of contract/push.ts; `text` is undefined for a push without a body. `origin` is the shop's own. */
export function readPayload(text: string | undefined, origin: string): PushMessage {
  const payload = parse(text)
  const { title, body, navigate, lang, silent, tag, app_badge: badge } = payload.notification ?? {}
  return {
    title: wordsOf(title) ?? 'LittleShop',
    body: wordsOf(body) ?? (wordsOf(title) === undefined ? 'Something is new in the shop.' : ''),
    navigate: pathOf(navigate, origin),
    lang: wordsOf(lang) ?? 'en',
    silent: silent === true,
    tag: wordsOf(tag) ?? 'news',
    badge: countOf(payload.app_badge) ?? countOf(badge),
    notice: noticeOf(payload.notice),
    action: actionOf(payload.action),
  }
}

function parse(text: string | undefined): Loose {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return value !== null && typeof value === 'object' ? (value as Loose) : {}
  } catch {
    return {}
  }
}

function wordsOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

// "7" or 7: the drafts of declarative web push differ.
function countOf(value: unknown): number | undefined {
  const count = typeof value === 'string' && value !== '' ? Number(value) : value
  return Number.isSafeInteger(count) && (count as number) >= 0 ? (count as number) : undefined
}

/** A tap leads into the panel and nowhere else, whatever the push says. */
function pathOf(value: unknown, origin: string): string {
  if (typeof value !== 'string' || !URL.canParse(value, origin)) return '/app'
  const url = new URL(value, origin)
  const isPanel = url.origin === origin && /^\/app(\/|$)/.test(url.pathname)
  return isPanel ? url.pathname + url.search : '/app'
}

function noticeOf(value: unknown): PushMessage['notice'] {
  const { id, receipt } = (value ?? {}) as Record<string, unknown>
  return typeof id === 'number' && typeof receipt === 'string' ? { id, receipt } : undefined
}

function actionOf(value: unknown): PushMessage['action'] {
  const { label, step, orderId, version } = (value ?? {}) as Record<string, unknown>
  const isWhole = typeof orderId === 'number' && typeof version === 'number'
  return isWhole && typeof label === 'string' && typeof step === 'string'
    ? { label, step, orderId, version }
    : undefined
}
