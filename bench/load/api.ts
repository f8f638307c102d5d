export interface Api {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: object, key?: string): Promise<T>
  put<T>(path: string, body: object): Promise<T>
}

/** How long each request took, in ms. */
export type ApiTimes = { read: number[]; write: number[] }

/** The shop's API as the panel of a signed-in person uses it. Throws on any answer but 2xx. */
export function openApi(port: number, token: string, times: ApiTimes): Api {
  async function call<T>(method: string, path: string, body?: object, key?: string): Promise<T> {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(key && { 'idempotency-key': key }),
    }
    const start = performance.now()
    const response = await fetch(`http://127.0.0.1:${port}/api${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    const answer = await (response.headers.get('content-type')?.includes('json')
      ? response.json()
      : response.arrayBuffer())
    times[method === 'GET' ? 'read' : 'write'].push(performance.now() - start)
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`)
    return answer as T
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body, key) => call('POST', path, body, key),
    put: (path, body) => call('PUT', path, body),
  }
}

/** Signs a person in as the Mini App does; returns the session's token. */
export async function signIn(port: number, initData: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ initData }),
  })
  if (!response.ok) throw new Error(`signing in: ${response.status} ${await response.text()}`)
  return ((await response.json()) as { token: string }).token
}
