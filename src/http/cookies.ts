import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { HttpDeps } from './deps.ts'

type Address = Pick<HttpDeps, 'publicUrl'>

// Longer than a sign-in lasts, so that the browser can be told that it ran out.
const SIGN_IN_SECONDS = 900
const MS = 1000

/** The session of a browser outside Telegram. */
export function readSessionCookie(c: Context, deps: Address): string | undefined {
  return getCookie(c, nameOf('shop', deps))
}

/** Keeps the session in the browser until it expires. */
export function setSessionCookie(
  c: Context,
  deps: Address,
  session: { token: string; expiresAt: number; now: number },
): void {
  const seconds = Math.floor((session.expiresAt - session.now) / MS)
  setCookie(c, nameOf('shop', deps), session.token, { ...optionsFor(deps), maxAge: seconds })
}

export function clearSessionCookie(c: Context, deps: Address): void {
  deleteCookie(c, nameOf('shop', deps), optionsFor(deps))
}

/** The secret of a browser that asks to be signed in. */
export function readSignInCookie(c: Context, deps: Address): string | undefined {
  return getCookie(c, nameOf('shop-sign-in', deps))
}

export function setSignInCookie(c: Context, deps: Address, secret: string): void {
  setCookie(c, nameOf('shop-sign-in', deps), secret, { ...optionsFor(deps), maxAge: SIGN_IN_SECONDS })
}

export function clearSignInCookie(c: Context, deps: Address): void {
  deleteCookie(c, nameOf('shop-sign-in', deps), optionsFor(deps))
}

// Browsers take a __Host- cookie only over https and only from this very host. Plain http is for this machine alone.
function nameOf(name: string, deps: Address): string {
  return isSecure(deps) ? `__Host-${name}` : name
}

function optionsFor(deps: Address) {
  return { httpOnly: true, sameSite: 'Lax', path: '/', secure: isSecure(deps) } as const
}

function isSecure({ publicUrl }: Address): boolean {
  return publicUrl?.startsWith('https://') ?? false
}
