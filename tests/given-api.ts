import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Role } from '../src/db/schema.ts'
import type { Problem } from '../src/http/contract/problem.ts'
import type { HttpDeps } from '../src/http/deps.ts'
import { createLiveFeed } from '../src/http/live-feed.ts'
import { createHttpApp, listen } from '../src/http/server.ts'
import { createJobs } from '../src/jobs/schedule.ts'
import { createMetrics } from '../src/lib/metrics.ts'
import { readSystemFacts } from '../src/shop/reports/system-facts.ts'
import { openSession } from '../src/shop/staff/sessions.ts'
import { givenShop, givenStaff, type TestShop } from './given.ts'
import { givenWorkplace } from './given-jobs.ts'
import { suiteLog } from './suite-log.ts'

type ApiWish = Partial<Omit<HttpDeps, 'shop' | 'log' | 'metrics' | 'live'>> & { shop?: TestShop }

/** The HTTP side of a shop, and staff who ask it; nothing goes over a network. */
export function givenApi({ shop = givenShop(), ...wish }: ApiWish = {}) {
  const log = suiteLog()
  const metrics = createMetrics()
  const live = createLiveFeed(shop, metrics)
  onTestFinished(() => live.close())
  const jobs = createJobs({ shop, log, metrics, place: givenWorkplace(shop, metrics) })
  const startedAt = shop.clock.now()
  const process = { dataDir: shop.folder, startedAt, commit: undefined, updates: 'polling' } as const
  const app = createHttpApp({
    shop,
    log,
    metrics,
    live,
    botToken: '1:a-token-made-up-for-the-tests-only',
    publicUrl: undefined,
    botLink: (payload) => `https://t.me/shop?start=${payload}`,
    push: undefined,
    isReceipt: () => false,
    mediaFolder: shop.folder,
    proofsFolder: shop.folder,
    panelFolder: shop.folder,
    frameOrigins: [],
    isReady: () => true,
    webhook: undefined,
    system: { jobs, readFacts: () => readSystemFacts(shop, process) },
    ...wish,
  })

  /** A member of staff, signed in; `signIn` again when a test has let that run out. */
  function staff(role: Role = 'owner', name = 'Olga') {
    const actor = givenStaff(shop, role, name)
    let authorization = ''
    function signIn(): void {
      const wanted = { personId: actor.id, kind: 'telegram', userAgent: 'a phone' } as const
      authorization = `Bearer ${shop.write((work) => openSession(work, wanted)).token}`
    }
    signIn()
    const get = (path: string) => app.request(`/api${path}`, { headers: { authorization } })
    async function call<T = Problem>(method: string, path: string, body?: unknown, key?: string) {
      const response = await app.request(`/api${path}`, {
        method,
        headers: {
          authorization,
          'content-type': 'application/json',
          ...(key && { 'idempotency-key': key }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: (await response.json()) as T }
    }
    return { id: actor.id, actor, get, call, signIn, authorization: () => authorization }
  }
  return { shop, app, log, metrics, jobs, staff }
}

/** The same on a port of this machine; returns its address. */
export async function givenApiServer(wish: ApiWish = {}) {
  const api = givenApi(wish)
  const server = await listen(api.app, 0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { ...api, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
