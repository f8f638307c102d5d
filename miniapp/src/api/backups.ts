import type { ShownBackups } from '../../../src/http/contract/backups.ts'
import { request } from './request.ts'

export function fetchBackups(): Promise<ShownBackups> {
  return request<ShownBackups>('/backups')
}

export function backUpNow(): Promise<ShownBackups> {
  return request<ShownBackups>('/backups', { method: 'POST', body: {} })
}
