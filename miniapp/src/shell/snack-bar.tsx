import { useState } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { hideSnack, type Snack, snack } from '../parts/snack.ts'
import { everySecond } from '../time/shop-clock.ts'
import './snack-bar.css'

/** The one short message at the bottom edge, with the way back while there is one. */
export function SnackBar() {
  const shown = snack.value
  return (
    <div class="snack-place" role="status" aria-live="polite">
      {shown && (
        <div class="snack" key={shown.text}>
          <span class="wrap">{shown.text}</span>
          {shown.undo && <Undo undo={shown.undo} />}
        </div>
      )}
    </div>
  )
}

function Undo({ undo }: { undo: NonNullable<Snack['undo']> }) {
  const [busy, setBusy] = useState(false)
  const seconds = Math.ceil((undo.until - everySecond()) / 1000)
  if (seconds <= 0) {
    queueMicrotask(hideSnack)
    return null
  }

  async function press(): Promise<void> {
    if (busy) return
    setBusy(true)
    await undo.press()
    setBusy(false)
  }

  return (
    <button type="button" class="snack-undo" aria-busy={busy} onClick={() => void press()}>
      <Icon name="undo" size={16} />
      Undo
      <span class="snack-seconds" aria-hidden="true">
        {seconds}
      </span>
    </button>
  )
}
