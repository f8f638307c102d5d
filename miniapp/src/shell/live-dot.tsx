import { liveState } from '../live/live.ts'
import './live-dot.css'

const WORDS = { connecting: 'Connecting…', live: 'Live', lost: 'Reconnecting…' } as const

/** Whether what is on the screen is what is in the shop. */
export function LiveDot() {
  const state = liveState.value
  return (
    <span class={`live-dot live-${state}`} role="status" data-live={state}>
      <span class="cut">{WORDS[state]}</span>
    </span>
  )
}
