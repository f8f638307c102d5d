import { Dialog } from './dialog.tsx'
import { alertText, toast } from './toast.ts'
import './toaster.css'
import { bot } from '../world/world.ts'

/** Short answers fade by themselves, alerts wait to be read. */
export function Toaster() {
  return (
    <>
      <div class="toaster" role="status">
        {toast.value && (
          <p class="toast" key={toast.value.id}>
            {toast.value.text}
          </p>
        )}
      </div>
      {alertText.value !== undefined && (
        <Dialog title={bot.value?.name ?? 'Alert'} onClose={close}>
          <p class="dialog-text">{alertText.value}</p>
          <div class="dialog-actions">
            <button type="button" class="button" onClick={close}>
              OK
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}

function close(): void {
  alertText.value = undefined
}
