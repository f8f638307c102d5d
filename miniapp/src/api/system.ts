import type { JobRuns, SystemReport } from '../../../src/http/contract/system.ts'
import { request } from './request.ts'

export function fetchSystem(): Promise<SystemReport> {
  return request<SystemReport>('/system')
}

export function fetchJobRuns(name: string): Promise<JobRuns> {
  return request<JobRuns>(`/system/jobs/${name}/runs`)
}

export function runJob(name: string): Promise<SystemReport> {
  return request<SystemReport>(`/system/jobs/${name}/run`, { method: 'POST', body: {} })
}
