import type {
  Alerts,
  AlertsBody,
  Device,
  DeviceBody,
  TestBody,
  TestResult,
} from '../../../src/http/contract/alerts.ts'
import { request } from './request.ts'

export function fetchAlerts(): Promise<Alerts> {
  return request<Alerts>('/alerts')
}

export function saveAlerts(body: AlertsBody): Promise<Alerts> {
  return request<Alerts>('/alerts', { method: 'PUT', body })
}

export function keepDevice(body: DeviceBody): Promise<Device> {
  return request<Device>('/push/devices', { method: 'POST', body })
}

export function removeDevice(id: number): Promise<void> {
  return request<void>(`/push/devices/${id}`, { method: 'DELETE' })
}

export function askForTest(body: TestBody): Promise<TestResult> {
  return request<TestResult>('/notifications/test', { method: 'POST', body })
}
