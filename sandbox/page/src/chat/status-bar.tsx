import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import './status-bar.css'

/** The top edge of the phone; only where there is a frame around it. */
export function StatusBar() {
  const now = useSignal(Date.now())
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now()
    }, 10_000)
    return () => clearInterval(timer)
  }, [now])
  return (
    <div class="status-bar" aria-hidden="true">
      <span>{clockTime(now.value)}</span>
      <span class="status-camera" />
      <span class="status-label">SANDBOX</span>
    </div>
  )
}

/** Milliseconds to "14:02". */
export function clockTime(ms: number): string {
  return new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}
