import { useEffect } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { everySecond } from '../time/shop-clock.ts'
import { checkSignIn } from './session.ts'

interface WaitingProps {
  link: string
  number: number
  expiresAt: number
}

const LOOK_EVERY_MS = 2000

/** Shows the number that is to be picked in Telegram, until that is done. */
export function WaitingPage({ link, number, expiresAt }: WaitingProps) {
  useEffect(lookForAnswer, [])
  return (
    <main class="gate">
      <h1>Pick this number in Telegram</h1>
      <p class="gate-number">
        <span class="unseen">Your number: </span>
        {number}
      </p>
      <p class="hint gate-words">The bot asks which number you see. Any other number signs nobody in.</p>
      <div class="gate-actions">
        <a class="button button-main" href={link} target="_blank" rel="noopener">
          <Icon name="send" />
          <span>Open Telegram</span>
        </a>
        <p class="small hint gate-waiting">
          <Countdown until={expiresAt} />
        </p>
      </div>
    </main>
  )
}

function Countdown({ until }: { until: number }) {
  const seconds = Math.max(0, Math.ceil((until - everySecond()) / 1000))
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return <>Waiting for your answer · {clock}</>
}

// Telegram lies over this page meanwhile; phones put pages to sleep that nobody sees, so it looks again on return.
function lookForAnswer(): () => void {
  const look = () => void (document.visibilityState === 'visible' && checkSignIn())
  const timer = setInterval(look, LOOK_EVERY_MS)
  document.addEventListener('visibilitychange', look)
  window.addEventListener('focus', look)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('focus', look)
  }
}
