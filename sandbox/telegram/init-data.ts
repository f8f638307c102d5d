import { createHash, createHmac } from 'node:crypto'
import type { Sandbox } from './sandbox.ts'
import type { Person } from './state.ts'

/** What to falsify: the hash, the user behind a good hash, or the token it is signed with. */
export type Forgery = 'hash' | 'user' | 'token'

export interface InitDataOptions {
  /** Seconds since the epoch; default now. */
  authDate?: number
  startParam?: string
  forge?: Forgery
  queryId?: string
}

/** Signed launch data of a Mini App, as Telegram puts it into `tgWebAppData`. */
export function initDataOf(sandbox: Sandbox, person: Person, options: InitDataOptions = {}): string {
  const authDate = options.authDate ?? Math.floor(sandbox.clock.now() / 1000)
  const fields: Record<string, string> = {
    query_id:
      options.queryId ??
      `AAH${createHash('sha256').update(`${person.id}${authDate}`).digest('base64url').slice(0, 21)}`,
    user: userField(person),
    auth_date: String(authDate),
    ...(options.startParam
      ? { start_param: options.startParam, chat_type: 'private', chat_instance: '-42' }
      : {}),
  }
  // Only third parties without the token use it, with a key that is Telegram's own: here it just has its form.
  fields.signature = createHash('sha512').update(JSON.stringify(fields)).digest('base64url')
  const token = options.forge === 'token' ? '1000002:somebody-elses-token' : sandbox.bot.token
  const hash = options.forge === 'hash' ? '0'.repeat(64) : sign(fields, token)
  if (options.forge === 'user') fields.user = userField({ ...person, id: person.id + 1 })
  return new URLSearchParams({ ...fields, hash }).toString()
}

/** The URL a client opens: the Mini App's own, with the launch parameters in the fragment. */
export function miniAppUrl(url: string, initData: string): string {
  const launch = new URLSearchParams({
    tgWebAppData: initData,
    tgWebAppVersion: '8.0',
    tgWebAppPlatform: 'web',
    tgWebAppThemeParams: JSON.stringify(lightTheme),
  })
  return `${url}${url.includes('#') ? '&' : '#'}${launch.toString().replaceAll('+', '%20')}`
}

function sign(fields: Record<string, string>, token: string): string {
  const secret = createHmac('sha256', 'WebAppData').update(token).digest()
  const lines = Object.keys(fields)
    .sort()
    .map((key) => `${key}=${fields[key] ?? ''}`)
  return createHmac('sha256', secret).update(lines.join('\n')).digest('hex')
}

function userField(person: Person): string {
  return JSON.stringify({
    id: person.id,
    first_name: person.firstName,
    last_name: person.lastName ?? '',
    ...(person.username ? { username: person.username } : {}),
    ...(person.languageCode ? { language_code: person.languageCode } : {}),
    allows_write_to_pm: true,
  })
}

const lightTheme = {
  bg_color: '#ffffff',
  text_color: '#000000',
  hint_color: '#707579',
  link_color: '#3390ec',
  button_color: '#3390ec',
  button_text_color: '#ffffff',
  secondary_bg_color: '#f4f4f5',
  header_bg_color: '#ffffff',
  accent_text_color: '#3390ec',
  section_bg_color: '#ffffff',
  section_header_text_color: '#707579',
  subtitle_text_color: '#707579',
  destructive_text_color: '#e53935',
}
