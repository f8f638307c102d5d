import { setImmediate as breathe } from 'node:timers/promises'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { listDeadNotices } from '../../db/proof.ts'
import { countDeadNotices, countUnreachableDead } from '../../db/proof-numbers.ts'
import { readOverview } from '../../shop/notifications/proof-overview.ts'
import { resendDead } from '../../shop/notifications/resend-dead.ts'
import { resendNotice } from '../../shop/notifications/resend-notice.ts'
import { actorOf } from '../../shop/staff/sessions.ts'
import type { Actor, Shop } from '../../shop/work.ts'
import {
  deadList,
  deadListQuery,
  noticeDetail,
  noticeParams,
  resendBody,
  resendDeadAnswer,
  resendDeadBody,
} from '../contract/notice.ts'
import { noticeOverview, overviewQuery } from '../contract/notice-overview.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { requireRole } from '../middleware/require-staff.ts'
import { noticeView, overviewView, proofView } from '../notice-views.ts'
import { jsonBody, jsonContent, problems } from './documented.ts'

const overview = createRoute({
  method: 'get',
  path: '/notices/overview',
  summary: 'How well notices arrive: by channel, over time, and what is in the way',
  request: { query: overviewQuery },
  responses: { 200: jsonContent(noticeOverview, 'The numbers'), ...problems(400, 401) },
})

const dead = createRoute({
  method: 'get',
  path: '/notices/dead',
  summary: 'Dead letters, newest first',
  request: { query: deadListQuery },
  responses: { 200: jsonContent(deadList, 'A page of dead letters'), ...problems(400, 401) },
})

const resendAll = createRoute({
  method: 'post',
  path: '/notices/dead/resend',
  summary: 'Try all dead letters again up to the newest one seen (owner, manager)',
  request: { body: jsonBody(resendDeadBody) },
  responses: {
    200: jsonContent(resendDeadAnswer, 'How many go out again'),
    ...problems(400, 401, 403, 503),
  },
})

const read = createRoute({
  method: 'get',
  path: '/notices/{id}',
  summary: 'A notice with each try and its answer',
  request: { params: noticeParams },
  responses: { 200: jsonContent(noticeDetail, 'The notice'), ...problems(400, 401, 404) },
})

const resend = createRoute({
  method: 'post',
  path: '/notices/{id}/resend',
  summary: 'Tell it once more, on the same channel or another one',
  request: { params: noticeParams, body: jsonBody(resendBody) },
  responses: { 200: jsonContent(noticeDetail, 'The notice after it'), ...problems(400, 401, 404, 409, 503) },
})

/** The proof of who was told what, and how to tell it again. */
export function noticeRoutes({ shop }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  routes.openapi(overview, (c) => {
    return c.json(overviewView(readOverview(shop, c.req.valid('query').period)), 200)
  })
  routes.openapi(dead, (c) => {
    const { before = Number.MAX_SAFE_INTEGER, limit } = c.req.valid('query')
    const rows = listDeadNotices(shop.db, { before, limit })
    const next = rows.length < limit ? null : (rows.at(-1)?.id ?? null)
    const counts = { count: countDeadNotices(shop.db), unreachable: countUnreachableDead(shop.db) }
    return c.json({ notices: rows.map(noticeView), next, ...counts }, 200)
  })
  routes.openapi(resendAll, async (c) => {
    const session = c.get('session')
    requireRole(session, 'owner', 'manager')
    const command = { ...c.req.valid('json'), actor: actorOf(session) }
    return c.json({ count: await resendAllDead(shop, command) }, 200)
  })
  routes.openapi(read, (c) => c.json(proofView(shop, c.req.valid('param').id), 200))
  routes.openapi(resend, (c) => {
    const noticeId = c.req.valid('param').id
    const { channel } = c.req.valid('json')
    shop.write((work) => resendNotice(work, { noticeId, channel, actor: actorOf(c.get('session')) }))
    return c.json(proofView(shop, noticeId), 200)
  })
  return routes
}

/** Batch by batch, between which others have their turn. */
async function resendAllDead(shop: Shop, { upTo, actor }: { upTo: number; actor: Actor }): Promise<number> {
  const { count, goOnUpTo } = shop.write((work) => resendDead(work, { upTo, actor }))
  if (goOnUpTo === undefined) return count
  await breathe()
  return count + (await resendAllDead(shop, { upTo: goOnUpTo, actor }))
}
