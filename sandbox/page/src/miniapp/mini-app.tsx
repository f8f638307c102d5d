import { effect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../look/icon.tsx'
import { dark } from '../look/theme.ts'
import { confirm } from '../parts/confirm.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { bot } from '../world/world.ts'
import { AppButtons } from './app-buttons.tsx'
import { chrome, resetChrome } from './app-state.ts'
import {
  answerOf,
  type BridgeEvent,
  readCall,
  type Surroundings,
  viewportEvent,
  writeEvent,
} from './bridge.ts'
import './mini-app.css'
import { type OpenedApp, openedApp } from './opened-app.ts'
import { perform, setWide } from './perform.ts'
import { themeOf } from './theme-params.ts'

/** The Mini App in a sheet over the chat, as a messenger opens it. */
export function MiniApp() {
  const app = openedApp.value
  return app ? <Sheet key={`${app.url}${app.load}`} app={app} /> : null
}

function Sheet({ app }: { app: OpenedApp }) {
  const frame = useRef<HTMLIFrameElement>(null)

  function send(event: BridgeEvent): void {
    frame.current?.contentWindow?.postMessage(writeEvent(event), new URL(app.url).origin)
  }

  useBridge(frame, app, send)

  return (
    <section class={chrome.wide.value ? 'mini-app wide' : 'mini-app'} aria-label="Mini App">
      <TitleBar app={app} send={send} />
      <div class="mini-app-body">
        <iframe
          ref={frame}
          src={app.url}
          title={`${bot.value?.name ?? 'Bot'}: Mini App`}
          allow="clipboard-read; clipboard-write; camera; geolocation"
          sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads"
        />
      </div>
      <AppButtons send={send} />
      <Popup />
    </section>
  )
}

function TitleBar({ app, send }: { app: OpenedApp; send: (event: BridgeEvent) => void }) {
  const back = chrome.back.value
  const colour = chrome.headerColour.value
  const wide = chrome.wide.value
  return (
    <header class="mini-app-bar" style={colour ? { background: colour } : undefined}>
      {back ? (
        <button
          type="button"
          class="icon-button"
          aria-label="Back"
          onClick={() => send(['back_button_pressed'])}
        >
          <Icon name="back" />
        </button>
      ) : (
        <button type="button" class="icon-button" aria-label="Close" onClick={() => void close()}>
          <Icon name="close" />
        </button>
      )}
      <p class="mini-app-title">
        <b class="cut">{bot.value?.name}</b>
        <span class="hint">Mini App</span>
      </p>
      <span class="mini-app-haptic" key={chrome.haptic.value} aria-hidden="true" />
      <button
        type="button"
        class="icon-button mini-app-grow"
        aria-label={wide ? 'As on a phone' : 'As wide as the window'}
        title={wide ? 'As on a phone' : 'As wide as the window'}
        onClick={() => setWide(!wide, send)}
      >
        <Icon name="grow" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="Load anew"
        title="Load anew"
        onClick={() => (openedApp.value = { ...app, load: app.load + 1 })}
      >
        <Icon name="reload" />
      </button>
      {back && (
        <button type="button" class="icon-button" aria-label="Close" onClick={() => void close()}>
          <Icon name="close" />
        </button>
      )}
    </header>
  )
}

function Popup() {
  const popup = chrome.popup.value
  if (!popup) return null
  return (
    <Dialog title={popup.title} onClose={() => popup.answer()}>
      <p class="dialog-text">{popup.message}</p>
      <div class="dialog-actions">
        {popup.buttons.map(({ id, text, danger }) => (
          <button
            key={id}
            type="button"
            class={danger ? 'button danger' : 'button'}
            onClick={() => popup.answer(id)}
          >
            {text}
          </button>
        ))}
      </div>
    </Dialog>
  )
}

async function close(): Promise<void> {
  const question = {
    title: 'Close this?',
    text: 'Changes that were not saved may be lost.',
    yes: 'Close',
    danger: true,
  }
  if (chrome.askBeforeClosing.peek() && !(await confirm(question))) return
  openedApp.value = undefined
}

type Frame = { current: HTMLIFrameElement | null }

/** Hears the Mini App, and tells it when the colours or the room for it change. */
function useBridge(frame: Frame, app: OpenedApp, send: (event: BridgeEvent) => void): void {
  useEffect(() => {
    resetChrome()
    const listen = ({ source, data }: MessageEvent) => {
      const call = source === frame.current?.contentWindow ? readCall(data) : undefined
      if (!call) return
      const answer = answerOf(call, aroundOf(frame))
      if (answer) send(answer)
      perform(call, send, app)
    }
    window.addEventListener('message', listen)
    const room = new ResizeObserver(() => send(viewportEvent(aroundOf(frame))))
    if (frame.current) room.observe(frame.current)
    const unpaint = effect(() => send(['theme_changed', { theme_params: themeOf(dark.value) }]))
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
