import {
  backButton,
  closingBehavior,
  hapticFeedback,
  init,
  isTMA,
  miniApp,
  swipeBehavior,
  targetOrigin,
  themeParams,
  viewport,
} from '@telegram-apps/sdk'
import { applyTelegramTheme } from '../look/theme.ts'

export type Haptic = 'success' | 'warning' | 'error' | 'light'

/** The one file that knows the SDK. It is loaded only inside Telegram; undefined when that turns out untrue. */
export function startSdk() {
  if (!isTMA()) return undefined
  if (isFramed()) targetOrigin.set(new URL(document.referrer).origin)
  init({ acceptCustomStyles: false })
  mountTheme()
  void mountViewport()
  backButton.mount.ifAvailable()
  closingBehavior.mount.ifAvailable()
  swipeBehavior.mount.ifAvailable()
  // Otherwise a thumb that scrolls a list up closes the panel.
  swipeBehavior.disableVertical.ifAvailable()
  miniApp.ready.ifAvailable()
  return { haptic, showBack, confirmClosing }
}

// In a frame the SDK would talk to web.telegram.org alone; our content policy says who else may frame us: the sandbox.
function isFramed(): boolean {
  return window !== window.parent && document.referrer !== ''
}

export type TelegramSdk = NonNullable<ReturnType<typeof startSdk>>

function mountTheme(): void {
  miniApp.mountSync.ifAvailable()
  themeParams.mountSync.ifAvailable()
  themeParams.state.sub((theme) => applyTelegramTheme(theme))
}

async function mountViewport(): Promise<void> {
  // A client that never answers leaves us with the browser's own measures, which are fine too.
  const [, mounted] = viewport.mount.ifAvailable()
  await mounted?.catch(() => {})
  if (!viewport.isMounted()) return
  viewport.bindCssVars.ifAvailable()
  viewport.expand.ifAvailable()
}

function haptic(kind: Haptic): void {
  if (kind === 'light') hapticFeedback.impactOccurred.ifAvailable('light')
  else hapticFeedback.notificationOccurred.ifAvailable(kind)
}

/** Shows Telegram's own back button; returns how to take it away again, or undefined where there is none. */
function showBack(onBack: () => void): (() => void) | undefined {
  if (!backButton.isMounted() || !backButton.show.isAvailable()) return undefined
  backButton.show()
  const off = backButton.onClick(onBack)
  return () => {
    off()
    backButton.hide.ifAvailable()
  }
}

function confirmClosing(dirty: boolean): void {
  if (dirty) closingBehavior.enableConfirmation.ifAvailable()
  else closingBehavior.disableConfirmation.ifAvailable()
}
