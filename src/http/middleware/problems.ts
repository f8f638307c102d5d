import type { ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ZodError } from 'zod'
import { newKey } from '../../lib/ids.ts'
import { ShopError, type ShopErrorCode } from '../../lib/shop-error.ts'
import type { Problem } from '../contract/problem.ts'
import type { HttpDeps } from '../deps.ts'

const STATUS: Record<ShopErrorCode, ContentfulStatusCode> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  busy: 503,
}

/** The one place where errors become answers: expected ones in their own words, all others under an id. */
export function answerProblems({ log, metrics }: Pick<HttpDeps, 'log' | 'metrics'>): ErrorHandler {
  const count = (code: Problem['code']) => metrics.errors.inc({ transport: 'http', code })
  return (error, c) => {
    if (error instanceof ShopError) {
      const { code, message, details } = error
      count(code)
      const field = typeof details.field === 'string' ? { field: details.field } : {}
      return c.json<Problem, ContentfulStatusCode>({ code, message, ...field }, STATUS[code])
    }
    if (error instanceof HTTPException && error.status < 500) {
      count('invalid')
      return c.json<Problem, ContentfulStatusCode>(
        { code: 'invalid', message: 'The request could not be read.' },
        400,
      )
    }
    count('internal')
    const id = newKey()
    log.error({ err: error, id, route: routePath(c) }, 'a request failed')
    return c.json<Problem, 500>(
      { code: 'internal', message: `Something went wrong (${id}). Please try again.`, id },
      500,
    )
  }
}

/** Says in a sentence what is wrong with a request that does not fit its schema. */
export function refuseInvalid(result: { success: true } | { success: false; error: ZodError }): void {
  if (result.success) return
  const [issue] = result.error.issues
  const field = issue?.path.join('.')
  const message = issue?.message ?? 'The request does not fit.'
  throw new ShopError('invalid', field ? `${field}: ${message}` : message, field ? { field } : {})
}
