import type { Telegram } from '../sandbox/telegram/driver.ts'
import type { SignedIn } from '../src/http/contract/session.ts'

const OWNER_TELEGRAM_ID = 500_001

/** Signs the owner of a filled shop in, as the panel does inside Telegram; returns the token. */
export async function signInOwner(port: number, telegram: Telegram): Promise<string> {
  const owner = telegram.person({ id: OWNER_TELEGRAM_ID, firstName: 'P0' })
  const body = { initData: owner.initData() }
  const { token } = await post<SignedIn>(`http://127.0.0.1:${port}/api/session`, body)
  return token
}

/** Posts JSON and returns what is answered. Throws on any status but 2xx. */
export async function post<T>(url: string, body: object, token = ''): Promise<T> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
