import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { listOpenInvitations, removeInvitation } from '../../db/invitations.ts'
import { findPerson, listStaffMembers } from '../../db/people.ts'
import { listStaffGroups } from '../../db/staff-groups.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { changeRole } from '../../shop/staff/change-role.ts'
import { dismissStaff } from '../../shop/staff/dismiss-staff.ts'
import { inviteStaff } from '../../shop/staff/invite-staff.ts'
import { restoreStaff } from '../../shop/staff/restore-staff.ts'
import { actorOf, type StaffSession } from '../../shop/staff/sessions.ts'
import { endGroup } from '../../shop/staff/staff-groups.ts'
import { newInvitation, roleBody, type StaffList, staffList } from '../contract/staff.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { requireRole } from '../middleware/require-staff.ts'
import { jsonBody, jsonContent, problems } from './documented.ts'

const MOST_INVITATIONS = 100
const idParams = z.object({ id: z.coerce.number().int().min(1) })
const listed = { 200: jsonContent(staffList, 'The staff after it') }

const list = createRoute({
  method: 'get',
  path: '/staff',
  summary: 'The staff, the groups that are told of orders, and open invitations',
  responses: { 200: jsonContent(staffList, 'The staff'), ...problems(401) },
})

const invite = createRoute({
  method: 'post',
  path: '/staff/invitations',
  summary: 'Make a link by which one person becomes staff within 48 hours (owner)',
  request: { body: jsonBody(roleBody) },
  responses: { 200: jsonContent(newInvitation, 'The link, shown this once'), ...problems(400, 401, 403) },
})

const withdraw = createRoute({
  method: 'delete',
  path: '/staff/invitations/{id}',
  summary: 'Take an invitation back (owner)',
  request: { params: z.object({ id: z.string().min(1).max(64) }) },
  responses: { ...listed, ...problems(401, 403, 404) },
})

const change = createRoute({
  method: 'patch',
  path: '/staff/{id}',
  summary: 'Give a member of staff another role (owner)',
  request: { params: idParams, body: jsonBody(roleBody) },
  responses: { ...listed, ...problems(400, 401, 403, 404, 409) },
})

const dismiss = createRoute({
  method: 'delete',
  path: '/staff/{id}',
  summary: 'Remove somebody from the staff, and sign them out everywhere (owner)',
  request: { params: idParams },
  responses: { ...listed, ...problems(401, 403, 404, 409) },
})

const restore = createRoute({
  method: 'post',
  path: '/staff/{id}/restore',
  summary: 'Take back that somebody was removed (owner)',
  request: { params: idParams },
  responses: { ...listed, ...problems(401, 403, 404) },
})

const end = createRoute({
  method: 'delete',
  path: '/staff/groups/{id}',
  summary: 'Tell a group of no more orders (owner, manager)',
  request: { params: idParams },
  responses: { ...listed, ...problems(401, 403, 404) },
})

/** Who works here, and which groups are told. */
export function staffRoutes({ shop, botLink }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })

  function view(session: StaffSession): StaffList {
    return { staff: members(session), groups: groups(), invitations: invitations(session) }
  }

  function members(session: StaffSession): StaffList['staff'] {
    return listStaffMembers(shop.db).map((row) => ({
      id: row.person_id,
      name: row.name,
      username: row.username,
      role: row.role,
      seenAt: row.seen_at,
      you: row.person_id === session.id,
      reach: row.reach,
    }))
  }

  function groups(): StaffList['groups'] {
    return listStaffGroups(shop.db).map((row) => ({
      id: row.id,
      title: row.title,
      topic: row.thread_id !== 0,
      addedBy: findPerson(shop.db, row.added_by)?.name ?? '',
      addedAt: row.added_at,
    }))
  }

  function invitations(session: StaffSession): StaffList['invitations'] {
    if (session.role !== 'owner') return []
    return listOpenInvitations(shop.db, shop.clock.now(), MOST_INVITATIONS).map((row) => ({
      id: row.link_hash,
      role: row.role,
      invitedBy: row.inviter,
      expiresAt: row.expires_at,
    }))
  }

  routes.openapi(list, (c) => c.json(view(c.get('session')), 200))
  routes.openapi(invite, (c) => {
    const { role } = c.req.valid('json')
    const made = shop.write((work) => inviteStaff(work, { role, actor: actorOf(c.get('session')) }))
    return c.json({ link: botLink(`join_${made.key}`), role, expiresAt: made.expiresAt }, 200)
  })
  routes.openapi(withdraw, (c) => {
    requireRole(c.get('session'), 'owner')
    const gone = shop.write((work) => removeInvitation(work.tx, c.req.valid('param').id))
    if (!gone) throw new ShopError('not_found', 'This invitation has been used, or is over.')
    return c.json(view(c.get('session')), 200)
  })
  routes.openapi(change, (c) => {
    const command = { personId: c.req.valid('param').id, role: c.req.valid('json').role }
    shop.write((work) => changeRole(work, { ...command, actor: actorOf(c.get('session')) }))
    return c.json(view(c.get('session')), 200)
  })
  routes.openapi(dismiss, (c) => {
    const personId = c.req.valid('param').id
    shop.write((work) => dismissStaff(work, { personId, actor: actorOf(c.get('session')) }))
    return c.json(view(c.get('session')), 200)
  })
  routes.openapi(restore, (c) => {
    const personId = c.req.valid('param').id
    shop.write((work) => restoreStaff(work, { personId, actor: actorOf(c.get('session')) }))
    return c.json(view(c.get('session')), 200)
  })
  routes.openapi(end, (c) => {
    shop.write((work) => endGroup(work, c.req.valid('param').id, actorOf(c.get('session'))))
    return c.json(view(c.get('session')), 200)
  })
  return routes
}
