/** The sandbox said no; the message is its own sentence. */
export class SandboxError extends Error {}

/** One call of the control API (sandbox/README.md). `body` is JSON, or a form with an upload. */
export async function ask<T>(path: string, options: { method?: string; body?: object } = {}): Promise<T> {
  const { body } = options
  const method = options.method ?? (body ? 'POST' : 'GET')
  const init: RequestInit =
    body instanceof FormData
      ? { method, body }
      : {
          method,
          ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
        }
  const response = await reach(`/sandbox${path}`, init)
  const answer: unknown = await response.json().catch(() => ({}))
  if (!response.ok) throw new SandboxError((answer as { error?: string }).error ?? `Error ${response.status}`)
  return answer as T
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch {
    throw new SandboxError('The sandbox is not running. The page goes on by itself when it is back.')
  }
}
