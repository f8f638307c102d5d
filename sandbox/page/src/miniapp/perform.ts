import { sendContact, sendWebAppData } from '../api/sandbox.ts'
import { dark } from '../look/theme.ts'
import { confirm } from '../parts/confirm.tsx'
import { attempt } from '../parts/toast.ts'
import { openLink } from '../text/links.ts'
import { bot } from '../world/world.ts'
import { changedButton, chrome } from './app-state.ts'
import type { BridgeCall, BridgeEvent } from './bridge.ts'
import { type OpenedApp, openedApp } from './opened-app.ts'
import { themeOf } from './theme-params.ts'

type Send = (event: BridgeEvent) => void
type Act = (params: BridgeCall['params'], send: Send, app: OpenedApp) => void

/** What calls of a Mini App do, by name. Unknown ones do nothing, as in an old client. */
const acts: Record<string, Act> = {
  web_app_ready: () => (chrome.ready.value = true),
  web_app_close: () => (openedApp.value = undefined),
  web_app_setup_back_button: ({ is_visible }) => (chrome.back.value = is_visible === true),
  web_app_setup_settings_button: ({ is_visible }) => (chrome.settings.value = is_visible === true),
  web_app_setup_closing_behavior: ({ need_confirmation }) =>
    (chrome.askBeforeClosing.value = need_confirmation === true),
  web_app_setup_main_button: (params) => (chrome.main.value = changedButton(chrome.main.peek(), params)),
  web_app_setup_secondary_button: (params) =>
    (chrome.secondary.value = changedButton(chrome.secondary.peek(), params)),
  web_app_set_header_color: ({ color, color_key }) =>
    (chrome.headerColour.value = typeof color === 'string' ? color : themeOf(dark.peek())[String(color_key)]),
  web_app_trigger_haptic_feedback: ({ type }) => {
    chrome.haptic.value += 1
    navigator.vibrate?.(type === 'notification' ? [20, 40, 20] : 15)
  },
  web_app_open_link: ({ url }) => openLink(String(url)),
  web_app_open_tg_link: ({ path_full }) => {
    openedApp.value = undefined
    openLink(`https://t.me${String(path_full)}`)
  },
  web_app_open_popup: openPopup,
  web_app_request_fullscreen: (_, send) => setWide(true, send),
  web_app_exit_fullscreen: (_, send) => setWide(false, send),
  web_app_request_phone: (_, send, app) => void sharePhone(send, app),
  web_app_data_send: ({ data }, _, app) => {
    openedApp.value = undefined
    if (app.key) void attempt(() => sendWebAppData(app.actor, String(data), app.key ?? ''))
  },
}

export function perform({ method, params }: BridgeCall, send: Send, app: OpenedApp): void {
  acts[method]?.(params, send, app)
}

export function setWide(wide: boolean, send: Send): void {
  chrome.wide.value = wide
  send(['fullscreen_changed', { is_fullscreen: wide }])
}

const standardTexts: Record<string, string> = { ok: 'OK', close: 'Close', cancel: 'Cancel' }

function openPopup(params: BridgeCall['params'], send: Send): void {
  const buttons = (params.buttons ?? []) as { id: string; type?: string; text?: string }[]
  chrome.popup.value = {
    title: String(params.title || (bot.peek()?.name ?? '')),
    message: String(params.message ?? ''),
    buttons: buttons.map(({ id, type = 'default', text }) => ({
      id,
      text: standardTexts[type] ?? text ?? id,
      danger: type === 'destructive',
    })),
    answer: (id) => {
      chrome.popup.value = undefined
      send(['popup_closed', id === undefined ? {} : { button_id: id }])
    },
  }
}

async function sharePhone(send: Send, app: OpenedApp): Promise<void> {
  const title = 'Share your phone number?'
  const yes = await confirm({ title, text: `${bot.peek()?.name ?? 'The bot'} will know it.`, yes: 'Share' })
  const sent = yes && (await attempt(() => sendContact(app.actor)))
  send(['phone_requested', { status: sent ? 'sent' : 'cancelled' }])
}
