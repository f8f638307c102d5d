import type {
  ReminderSettingsBody,
  ShopSettingsBody,
  ShownSettings,
} from '../../../src/http/contract/settings.ts'
import { request } from './request.ts'

export function fetchSettings(): Promise<ShownSettings> {
  return request<ShownSettings>('/settings')
}

export function saveSettings(settings: ShopSettingsBody): Promise<ShownSettings> {
  return request<ShownSettings>('/settings', { method: 'PUT', body: settings })
}

export function fetchReminders(): Promise<ReminderSettingsBody> {
  return request<ReminderSettingsBody>('/settings/reminders')
}

export function saveReminders(settings: ReminderSettingsBody): Promise<ReminderSettingsBody> {
  return request<ReminderSettingsBody>('/settings/reminders', { method: 'PUT', body: settings })
}
