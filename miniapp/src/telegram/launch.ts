import type { TelegramTheme } from '../look/theme.ts'

export interface Launch {
  /** The signed launch data, as it came. It is a secret: it goes to our own server once, and nowhere else. */
  initData: string
  theme: TelegramTheme
}

const STORED = 'shop.launch'

/**
 * What Telegram handed over in the fragment, kept for a reload of this tab, and taken out of the address so that it
 * is in no history, copied link or referrer. Undefined outside Telegram.
 */
export function takeLaunch(): Launch | undefined {
  const raw = location.hash.includes('tgWebApp') ? location.hash.slice(1) : readStored()
  if (!raw) return undefined
  if (location.hash) history.replaceState(history.state, '', location.pathname + location.search)
  store(raw)
  const params = new URLSearchParams(raw)
  return { initData: params.get('tgWebAppData') ?? '', theme: parseTheme(params.get('tgWebAppThemeParams')) }
}

function parseTheme(json: string | null): TelegramTheme {
  try {
    const theme: unknown = JSON.parse(json ?? '{}')
    return theme && typeof theme === 'object' ? (theme as TelegramTheme) : {}
  } catch {
    return {}
  }
}

// Storage throws where it is switched off; the panel then only forgets the launch on a reload.
function readStored(): string | undefined {
  try {
    return sessionStorage.getItem(STORED) ?? undefined
  } catch {
    return undefined
  }
}

function store(raw: string): void {
  try {
    sessionStorage.setItem(STORED, raw)
  } catch {
    // See readStored.
  }
}
