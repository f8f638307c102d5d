import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiResponse } from '@grammyjs/types'
import type { ApiCall } from './call-log.ts'
import type { FaultRule } from './faults.ts'
import { methods } from './methods/table.ts'
import type { Params } from './params.ts'
import { readParams } from './read-request.ts'
import { Refusal, tooManyRequests } from './refusal.ts'
import type { Sandbox } from './sandbox.ts'

const badGateway = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body></body>\r\n</html>\r\n'

/** Answers `/bot<token>/<method>`; `path` is what follows `/bot`. */
export async function answerBotApi(
  sandbox: Sandbox,
  path: string,
  query: URLSearchParams | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const slash = path.indexOf('/')
  const token = decodeURIComponent(slash === -1 ? path : path.slice(0, slash))
  const method = methods.get(path.slice(slash + 1).toLowerCase())
  try {
    if (!/^\d+:[\w-]+$/.test(token)) throw new Refusal(404, 'Not Found')
    if (token !== sandbox.bot.token) throw new Refusal(401, 'Unauthorized')
    const params = await readParams(request, query)
    if (!method) throw new Refusal(404, 'Not Found')
    await answerCall(sandbox, method, params, response)
  } catch (error) {
    refuse(response, asRefusal(error))
  }
}

async function answerCall(
  sandbox: Sandbox,
  method: { name: string; run: (sandbox: Sandbox, params: Params) => unknown },
  params: Params,
  response: ServerResponse,
): Promise<void> {
  const call = sandbox.calls.start(method.name, params.values, [...params.files.keys()])
  const fault = sandbox.faults.take(method.name, params.values.chat_id)
  if (fault) call.fault = String(fault.with)
  if (fault && fault.with !== 'cut-after-applying') {
    injectFault(sandbox, call, fault, response)
    return
  }
  try {
    const outcome = method.run(sandbox, params)
    const result = outcome instanceof Promise ? await untilGone(sandbox, outcome, response) : outcome
    if (fault) {
      response.destroy()
      return
    }
    call.result = result
    call.status = 200
    call.answeredAt = sandbox.clock.now()
    respond(response, 200, { ok: true, result })
  } catch (error) {
    const refusal = asRefusal(error)
    call.status = refusal.code
    call.error = refusal.message
    refuse(response, refusal)
  }
}

/** A long poll; when its client hangs up, the updates must stay where they are. */
function untilGone(sandbox: Sandbox, poll: Promise<unknown>, response: ServerResponse): Promise<unknown> {
  response.once('close', () => sandbox.updates.abandon(poll as Promise<never>))
  return poll
}

function injectFault(sandbox: Sandbox, call: ApiCall, fault: FaultRule, response: ServerResponse): void {
  if (fault.with === 'cut') response.destroy()
  else if (fault.with === 'timeout') sandbox.faults.onClear(() => response.destroy())
  else if (fault.with === 502) {
    call.status = 502
    response.writeHead(502, { 'content-type': 'text/html' }).end(badGateway)
  } else {
    const limited = fault.with === 429
    const refusal = limited
      ? tooManyRequests(fault.retryAfter ?? 1)
      : new Refusal(500, 'Internal Server Error')
    call.status = refusal.code
    call.error = refusal.message
    refuse(response, refusal)
  }
}

function refuse(response: ServerResponse, refusal: Refusal): void {
  const parameters =
    refusal.retryAfter === undefined ? {} : { parameters: { retry_after: refusal.retryAfter } }
  respond(response, refusal.code, {
    ok: false,
    error_code: refusal.code,
    description: refusal.message,
    ...parameters,
  })
}

function respond(response: ServerResponse, status: number, body: ApiResponse<unknown>): void {
  if (response.destroyed || response.headersSent) return
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

/** A mistake of our own must not look like Telegram's: it is answered 500 with its message. */
function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  return new Refusal(
    500,
    `Internal Server Error: sandbox: ${error instanceof Error ? error.message : String(error)}`,
  )
}
