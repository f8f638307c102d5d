import type { OrderDetail } from '../../../src/http/contract/order.ts'
import type { NewInvitation, StaffList, StaffMember } from '../../../src/http/contract/staff.ts'
import { command, request } from './request.ts'

export type Role = StaffMember['role']

export function fetchStaff(): Promise<StaffList> {
  return request<StaffList>('/staff')
}

export function inviteStaff(role: Role): Promise<NewInvitation> {
  return request<NewInvitation>('/staff/invitations', { method: 'POST', body: { role } })
}

export function withdrawInvitation(id: string): Promise<StaffList> {
  return request<StaffList>(`/staff/invitations/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

export function changeRole(id: number, role: Role): Promise<StaffList> {
  return request<StaffList>(`/staff/${id}`, { method: 'PATCH', body: { role } })
}

export function dismissStaff(id: number): Promise<StaffList> {
  return request<StaffList>(`/staff/${id}`, { method: 'DELETE' })
}

export function restoreStaff(id: number): Promise<StaffList> {
  return request<StaffList>(`/staff/${id}/restore`, { method: 'POST' })
}

export function endGroup(id: number): Promise<StaffList> {
  return request<StaffList>(`/staff/groups/${id}`, { method: 'DELETE' })
}

export function assignOrder(number: number, personId: number | null): Promise<OrderDetail> {
  return request<OrderDetail>(`/orders/${number}/assignee`, { method: 'PUT', body: { personId } })
}

export function snoozeOrder(number: number, minutes: number): Promise<OrderDetail> {
  return request<OrderDetail>(`/orders/${number}/snooze`, { method: 'POST', body: { minutes } })
}

export function waiveAnswer(number: number): Promise<OrderDetail> {
  return request<OrderDetail>(`/orders/${number}/answer-waived`, { method: 'POST' })
}

export function clearReview(number: number): Promise<OrderDetail> {
  return request<OrderDetail>(`/orders/${number}/review-cleared`, { method: 'POST', body: {} })
}

export function writeToCustomer(number: number, words: string): Promise<OrderDetail> {
  return command<OrderDetail>(`/orders/${number}/messages`, { method: 'POST', body: { words } })
}
