import type { Problem } from '../../../src/http/contract/problem.ts'

const TIMEOUT_MS = 12_000

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
  token?: string | undefined
  /** The same key on a repeated call makes the server apply the command once. */
  idempotencyKey?: string
  timeoutMs?: number
}

/** A call that was refused, or that got no answer (`status` 0). Its message is for the person. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly problem: Problem

  constructor(status: number, problem: Problem) {
    super(problem.id ? `${problem.message} (${problem.id})` : problem.message)
    this.status = status
    this.problem = problem
  }
}

/** One request to the shop's API. Throws a Refusal. */
export async function send<T>(path: string, call: Call = {}): Promise<T> {
  const response = await succeed(path, call)
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T)
}

/** The same for a file. */
export async function sendBlob(path: string, call: Call): Promise<Blob> {
  const response = await succeed(path, call)
  try {
    return await response.blob()
  } catch {
    throw unreached()
  }
}

async function succeed(path: string, call: Call): Promise<Response> {
  const response = await reach(path, call)
  if (!response.ok) throw new Refusal(response.status, await readProblem(response))
  return response
}

async function reach(path: string, call: Call): Promise<Response> {
  try {
    return await fetch(`/api${path}`, {
      method: call.method ?? 'GET',
      headers: headersOf(call),
      signal: AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS),
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    })
  } catch {
    throw unreached()
  }
}

function unreached(): Refusal {
  const message = isOffline()
    ? 'This device has no network. Please try again once it has.'
    : 'No connection to the shop. Please try again.'
  return new Refusal(0, { code: 'busy', message })
}

/** Whether the device itself says that it can reach nobody. */
export function isOffline(): boolean {
  return navigator.onLine === false
}

function headersOf(call: Call): Record<string, string> {
  return {
    ...(call.body !== undefined && { 'content-type': 'application/json' }),
    ...(call.token && { authorization: `Bearer ${call.token}` }),
    ...(call.idempotencyKey && { 'idempotency-key': call.idempotencyKey }),
  }
}

async function readProblem(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as Problem
    if (typeof body.message === 'string') return body
  } catch {
    // Not ours: a proxy in between has answered.
  }
  return { code: 'internal', message: 'Something went wrong. Please try again.' }
}
