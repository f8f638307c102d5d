import { useRef } from 'preact/hooks'
import { bot, place } from '../world/world.ts'
import { AppButtons } from './app-buttons.tsx'
import { AppPopup } from './app-popup.tsx'
import { chrome } from './app-state.ts'
import { type BridgeEvent, writeEvent } from './bridge.ts'
import './mini-app.css'
import { type OpenedApp, openedApp } from './opened-app.ts'
import { TitleBar } from './title-bar.tsx'
import { useBridge } from './use-bridge.ts'

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
    // In somebody else's hand it goes on running out of sight, as on a phone in a pocket.
    <section
      class={chrome.wide.value ? 'mini-app wide' : 'mini-app'}
      aria-label="Mini App"
      hidden={place.value?.personId !== app.actor.personId}
    >
      <TitleBar app={app} send={send} />
      <div class="mini-app-body">
        <iframe
          ref={frame}
          src={app.url}
          title={`${bot.value?.name ?? 'Bot'}: Mini App`}
          referrerpolicy="origin"
          allow="clipboard-read; clipboard-write; camera; geolocation"
          sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads"
        />
      </div>
      <AppButtons send={send} />
      <AppPopup />
    </section>
  )
}
