import type {
  Channel,
  DeadList,
  NoticeDetail,
  Period,
  ResendDeadAnswer,
} from '../../../src/http/contract/notice.ts'
import type { NoticeOverview } from '../../../src/http/contract/notice-overview.ts'
import { command, request } from './request.ts'

export function fetchOverview(period: Period): Promise<NoticeOverview> {
  return request<NoticeOverview>(`/notices/overview?period=${period}`)
}

export function fetchDead(limit: number, before?: number): Promise<DeadList> {
  const params = new URLSearchParams({ limit: String(limit) })
  if (before !== undefined) params.set('before', String(before))
  return request<DeadList>(`/notices/dead?${params}`)
}

export function fetchNotice(id: number): Promise<NoticeDetail> {
  return request<NoticeDetail>(`/notices/${id}`)
}

// Sent once only: a repeated one would be answered that the message is on its way.
export function sendNoticeAgain(id: number, channel?: Channel): Promise<NoticeDetail> {
  return request<NoticeDetail>(`/notices/${id}/resend`, { method: 'POST', body: channel ? { channel } : {} })
}

export function sendDeadAgain(upTo: number): Promise<ResendDeadAnswer> {
  return command<ResendDeadAnswer>('/notices/dead/resend', { method: 'POST', body: { upTo } })
}
