import { Dialog } from '../parts/dialog.tsx'
import { chrome } from './app-state.ts'

/** A question the Mini App has asked the messenger to put. */
export function AppPopup() {
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
