import { effect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { dark } from '../look/theme.ts'
import { chrome, resetChrome } from './app-state.ts'
import { answerOf, type BridgeEvent, readCall, type Surroundings, viewportEvent } from './bridge.ts'
import type { OpenedApp } from './opened-app.ts'
import { perform } from './perform.ts'
import { themeOf } from './theme-params.ts'

type Frame = { current: HTMLIFrameElement | null }

/** Hears the Mini App, and tells it when the colours or the room for it change. */
export function useBridge(frame: Frame, app: OpenedApp, send: (event: BridgeEvent) => void): void {
  useEffect(() => {
    resetChrome()
    // Before it has said something there is nobody yet to hear us.
    let awake = false
    const tell = (event: BridgeEvent) => awake && send(event)
    const listen = ({ source, data }: MessageEvent) => {
      const call = source === frame.current?.contentWindow ? readCall(data) : undefined
      if (!call) return
      awake = true
      const answer = answerOf(call, aroundOf(frame))
      if (answer) send(answer)
      perform(call, send, app)
    }
    window.addEventListener('message', listen)
    const room = new ResizeObserver(() => tell(viewportEvent(aroundOf(frame))))
    if (frame.current) room.observe(frame.current)
    const unpaint = effect(() => void tell(['theme_changed', { theme_params: themeOf(dark.value) }]))
    return () => {
      window.removeEventListener('message', listen)
      room.disconnect()
      unpaint()
    }
  }, [app, frame])
}

function aroundOf({ current }: Frame): Surroundings {
  const { clientWidth: width = 0, clientHeight: height = 0 } = current ?? {}
  return { theme: themeOf(dark.peek()), width, height, wide: chrome.wide.peek() }
}
