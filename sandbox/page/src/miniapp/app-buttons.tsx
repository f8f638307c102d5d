import { type AppButton, chrome } from './app-state.ts'
import './app-buttons.css'
import type { BridgeEvent } from './bridge.ts'

/** The big buttons a Mini App may put below itself. */
export function AppButtons({ send }: { send: (event: BridgeEvent) => void }) {
  const main = chrome.main.value
  const secondary = chrome.secondary.value
  if (!main.visible && !secondary.visible) return null
  return (
    <footer class="app-buttons">
      {secondary.visible && (
        <BigButton button={secondary} plain onPress={() => send(['secondary_button_pressed'])} />
      )}
      {main.visible && <BigButton button={main} onPress={() => send(['main_button_pressed'])} />}
    </footer>
  )
}

interface BigButtonProps {
  button: AppButton
  plain?: boolean
  onPress: () => void
}

function BigButton({ button, plain = false, onPress }: BigButtonProps) {
  const { text, active, progress, colour, textColour } = button
  return (
    <button
      type="button"
      class={plain ? 'button plain' : 'button'}
      disabled={!active || progress}
      aria-busy={progress}
      style={{ ...(colour ? { background: colour } : {}), ...(textColour ? { color: textColour } : {}) }}
      onClick={onPress}
    >
      {progress ? `${text}…` : text}
    </button>
  )
}
