import type { NoticeFate } from '../../../src/http/contract/notice.ts'

/**
 * The notices of an order that was just fetched, each as it was heard of last: news of a notice overtakes an answer that
 * was made before it, and would never come again.
 */
export function newestFates(fetched: readonly NoticeFate[], known: readonly NoticeFate[]): NoticeFate[] {
  const heard = new Map(known.map((fate) => [fate.id, fate]))
  const newest = fetched.map((fate) => newerOf(fate, heard.get(fate.id)))
  const ids = new Set(fetched.map(({ id }) => id))
  return [...newest, ...known.filter(({ id }) => !ids.has(id))]
}

function newerOf(fetched: NoticeFate, known: NoticeFate | undefined): NoticeFate {
  if (!known || known.updatedAt < fetched.updatedAt) return fetched
  if (known.updatedAt > fetched.updatedAt) return known
  // Within one millisecond it may have been sent.
  return known.sentAt !== null && fetched.sentAt === null ? known : fetched
}
