import { signal } from '@preact/signals'

export interface AppButton {
  visible: boolean
  active: boolean
  progress: boolean
  text: string
  colour?: string
  textColour?: string
}

export interface AppPopup {
  title: string
  message: string
  buttons: { id: string; text: string; danger: boolean }[]
  answer: (id?: string) => void
}

const hidden: AppButton = { visible: false, active: true, progress: false, text: 'Continue' }

/** What the Mini App has asked the messenger to put around it. */
export const chrome = {
  ready: signal(false),
  back: signal(false),
  settings: signal(false),
  askBeforeClosing: signal(false),
  wide: signal(false),
  headerColour: signal<string | undefined>(undefined),
  main: signal<AppButton>(hidden),
  secondary: signal<AppButton>(hidden),
  popup: signal<AppPopup | undefined>(undefined),
  /** Counts the taps the hand would feel. */
  haptic: signal(0),
}

export function resetChrome(): void {
  chrome.ready.value = false
  chrome.back.value = false
  chrome.settings.value = false
  chrome.askBeforeClosing.value = false
  chrome.headerColour.value = undefined
  chrome.main.value = hidden
  chrome.secondary.value = { ...hidden, text: 'Cancel' }
  chrome.popup.value = undefined
}

/** The button after `web_app_setup_main_button`, which names only what changes. */
export function changedButton(button: AppButton, params: Record<string, unknown>): AppButton {
  const { text, color, text_color, is_visible, is_active, is_progress_visible } = params
  return {
    ...button,
    ...(typeof is_visible === 'boolean' ? { visible: is_visible } : {}),
    ...(typeof is_active === 'boolean' ? { active: is_active } : {}),
    ...(typeof is_progress_visible === 'boolean' ? { progress: is_progress_visible } : {}),
    ...(typeof text === 'string' && text ? { text } : {}),
    ...(typeof color === 'string' ? { colour: color } : {}),
    ...(typeof text_color === 'string' ? { textColour: text_color } : {}),
  }
}
