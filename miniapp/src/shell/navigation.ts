import { useEffect, useState } from 'preact/hooks'
import { haptic, telegram } from '../telegram/telegram.ts'

// The addresses this visit has been through, so that "back" knows whether the panel itself lies behind.
const trail: string[] = [location.pathname]

/** To be told of every change of address. */
export function noteRoute(url: string): void {
  const path = new URL(url, location.origin).pathname
  if (trail.at(-2) === path) trail.pop()
  else if (trail.at(-1) !== path) trail.push(path)
}

/** Back to where the person came from; to `parent` when they came from outside. */
export function goBack(parent: string): void {
  if (trail.length > 1) history.back()
  else openPath(parent)
}

/** Opens a path of the panel from outside a component: a link pressed by the program. */
export function openPath(path: string): void {
  trail.length = 0
  trail.push(path)
  history.replaceState(null, '', path)
  window.dispatchEvent(new PopStateEvent('popstate'))
}

/** Hands "back" to Telegram's own button. False where there is none, and the page must show its own. */
export function useTelegramBack(parent: string | undefined): boolean {
  const sdk = telegram.value
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!sdk || !parent) return
    const hide = sdk.showBack(() => {
      haptic('light')
      goBack(parent)
    })
    setShown(hide !== undefined)
    return () => {
      hide?.()
      setShown(false)
    }
  }, [sdk, parent])
  return shown
}
