import type { NoticeFate } from '../../../src/http/contract/notice.ts'

/** One piece of news to staff, with all who were to hear of it. */
export interface StaffNews {
  eventId: number
  kind: string
  notices: NoticeFate[]
  told: number
  /** How many should hear of it: those for whom it came too late to matter do not count. */
  meant: number
  is: 'told' | 'waiting' | 'dead' | 'dropped'
}

/** The notices to staff, gathered by what they tell, oldest first. */
export function staffNews(notices: readonly NoticeFate[]): StaffNews[] {
  const byNews = new Map<string, NoticeFate[]>()
  for (const notice of notices) {
    const key = `${notice.eventId} ${notice.kind}`
    byNews.set(key, [...(byNews.get(key) ?? []), notice])
  }
  return [...byNews.values()].flatMap(summed)
}

function summed(notices: NoticeFate[]): StaffNews[] {
  const [first] = notices
  if (!first) return []
  const told = notices.filter((one) => one.sentAt !== null).length
  const meant = notices.filter((one) => one.sentAt !== null || !isNeedless(one)).length
  return [
    { eventId: first.eventId, kind: first.kind, notices, told, meant, is: stateOf(notices, told, meant) },
  ]
}

function stateOf(notices: NoticeFate[], told: number, meant: number): StaffNews['is'] {
  if (meant === 0) return 'dropped'
  if (notices.some(({ state }) => state === 'dead')) return 'dead'
  return told === meant ? 'told' : 'waiting'
}

function isNeedless({ state }: NoticeFate): boolean {
  return state === 'dropped' || state === 'undone'
}
