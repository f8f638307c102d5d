import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { JobRunRow } from '../../db/jobs.ts'
import { readTargets } from '../../shop/reports/targets.ts'
import { actorOf } from '../../shop/staff/sessions.ts'
import { type JobRun, jobParams, jobRuns, type SystemReport, systemReport } from '../contract/system.ts'
import type { ApiEnv, HttpDeps, SystemDesk } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { requireRole } from '../middleware/require-staff.ts'
import { jsonContent, problems } from './documented.ts'

const answers = { 200: jsonContent(systemReport, 'How the shop runs'), ...problems(401, 403) }

const read = createRoute({
  method: 'get',
  path: '/system',
  summary: 'What is promised and reached, the jobs, and the machine (owner, manager)',
  responses: answers,
})

const runs = createRoute({
  method: 'get',
  path: '/system/jobs/{name}/runs',
  summary: 'The newest runs of a job (owner, manager)',
  request: { params: jobParams },
  responses: { 200: jsonContent(jobRuns, 'The runs, newest first'), ...problems(400, 401, 403) },
})

const runNow = createRoute({
  method: 'post',
  path: '/system/jobs/{name}/run',
  summary: 'Run a job now (owner); it is under way with the answer',
  request: { params: jobParams },
  responses: { ...answers, ...problems(400, 404, 409) },
})

/** How the shop itself runs. */
export function systemRoutes({ shop, metrics, backups }: HttpDeps, system: SystemDesk) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })

  async function view(): Promise<SystemReport> {
    const [facts, targets] = await Promise.all([system.readFacts(), readTargets(shop, metrics)])
    const backupFailure = backups?.failure() ?? null
    return { ...facts, targets, jobs: system.jobs.list(), backupFailure }
  }

  routes.openapi(read, async (c) => {
    requireRole(c.get('session'), 'owner', 'manager')
    return c.json(await view(), 200)
  })
  routes.openapi(runs, (c) => {
    requireRole(c.get('session'), 'owner', 'manager')
    return c.json({ runs: system.jobs.runs(c.req.valid('param').name).map(runView) }, 200)
  })
  routes.openapi(runNow, async (c) => {
    const session = c.get('session')
    requireRole(session, 'owner')
    system.jobs.runNow(c.req.valid('param').name, actorOf(session))
    return c.json(await view(), 200)
  })
  return routes
}

function runView(row: JobRunRow): JobRun {
  return {
    id: row.id,
    at: row.started_at,
    tookMs: row.took_ms,
    done: row.done,
    error: row.error,
    period: row.period,
    askedBy: row.asked_by_name,
  }
}
