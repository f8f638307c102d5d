import type { ShopSettingsBody } from '../../../src/http/contract/settings.ts'
import { request } from './request.ts'

export function fetchSettings(): Promise<ShopSettingsBody> {
  return request<ShopSettingsBody>('/settings')
}

export function saveSettings(settings: ShopSettingsBody): Promise<ShopSettingsBody> {
  return request<ShopSettingsBody>('/settings', { method: 'PUT', body: settings })
}
