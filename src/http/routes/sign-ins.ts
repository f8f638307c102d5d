import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { beginSignIn, finishSignIn, readSignIn } from '../../shop/staff/sign-in.ts'
import type { SignInState, WaitingSignIn } from '../contract/sign-in.ts'
import { signInState, waitingSignIn } from '../contract/sign-in.ts'
import { clearSignInCookie, readSignInCookie, setSessionCookie, setSignInCookie } from '../cookies.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { describeMe } from '../describe-me.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { requireOwnOrigin } from '../middleware/require-own-origin.ts'
import { sessionOfCookie } from '../middleware/require-staff.ts'
import { jsonContent, problems } from './documented.ts'

const begin = createRoute({
  method: 'post',
  path: '/sign-ins',
  summary: 'Begin to sign in a browser outside Telegram: open the link and pick the number there',
  security: [],
  responses: { 200: jsonContent(waitingSignIn, 'What to show'), ...problems(403, 503) },
})

const current = createRoute({
  method: 'get',
  path: '/sign-ins/current',
  summary: 'How signing in this browser stands; once it is approved, this signs it in',
  security: [],
  responses: { 200: jsonContent(signInState, 'How it stands') },
})

/** Signing in outside Telegram. */
export function signInRoutes(deps: HttpDeps) {
  const { shop } = deps
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  const now = () => shop.clock.now()

  function waiting({ key, number, expiresAt }: { key: string; number: number; expiresAt: number }) {
    const link = deps.botLink(`login_${key}`)
    return { state: 'waiting', link, number, expiresAt, now: now() } satisfies WaitingSignIn
  }

  routes.openapi(begin, (c) => {
    requireOwnOrigin(c, deps)
    const userAgent = c.req.header('user-agent') ?? ''
    const begun = shop.write((work) => beginSignIn(work, { browser: readSignInCookie(c, deps), userAgent }))
    setSignInCookie(c, deps, begun.browser)
    return c.json(waiting(begun), 200)
  })

  routes.openapi(current, (c) => {
    const answer = (state: SignInState) => c.json(state, 200)
    const session = sessionOfCookie(c, deps)
    if (session) return answer({ state: 'approved', me: describeMe(shop, session) })
    const browser = readSignInCookie(c, deps)
    if (!browser) return answer({ state: 'none' })
    const signIn = readSignIn(shop.db, browser, now())
    if (signIn.state === 'waiting') return answer(waiting(signIn))
    if (signIn.state === 'refused') return answer({ state: 'refused' })
    const userAgent = c.req.header('user-agent') ?? ''
    const done = signIn.state === 'approved' && shop.write((work) => finishSignIn(work, browser, userAgent))
    if (!done) return answer({ state: 'expired' })
    clearSignInCookie(c, deps)
    setSessionCookie(c, deps, { token: done.token, expiresAt: done.session.expiresAt, now: now() })
    return answer({ state: 'approved', me: describeMe(shop, done.session) })
  })
  return routes
}
