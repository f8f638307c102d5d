import type { Me } from '../../../src/http/contract/session.ts'
import { me } from '../session/shop.ts'

type Role = Me['role']

/** The pages that are not for everybody, and for whom they are. What may be done there, the shop decides. */
const PAGES: Record<string, Role[]> = {
  '/app/more/money': ['owner', 'manager'],
  '/app/more/discounts': ['owner', 'manager'],
  '/app/more/taxes': ['owner', 'manager'],
  '/app/more/system': ['owner', 'manager'],
  '/app/more/settings': ['owner'],
  '/app/more/reminders': ['owner'],
}

/** For whom a page is; undefined when it is for everybody. */
export function rolesFor(path: string): Role[] | undefined {
  return PAGES[`/${path.split('/').filter(Boolean).join('/')}`]
}

/** Whether the signed-in person's role has any use for a page. */
export function mayOpen(path: string): boolean {
  return rolesFor(path)?.includes(me().role) ?? true
}
