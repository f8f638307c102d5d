import { Icon } from '../look/icon.tsx'
import { confirm } from '../parts/confirm.tsx'
import { bot } from '../world/world.ts'
import { chrome } from './app-state.ts'
import type { BridgeEvent } from './bridge.ts'
import { type OpenedApp, openedApp } from './opened-app.ts'
import { setWide } from './perform.ts'
import './title-bar.css'

/** Back or close at the left, and what only a sandbox has at the right. */
export function TitleBar({ app, send }: { app: OpenedApp; send: (event: BridgeEvent) => void }) {
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
