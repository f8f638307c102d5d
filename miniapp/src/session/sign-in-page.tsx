import { useState } from 'preact/hooks'
import { sentenceOf } from '../api/request.ts'
import { Button } from '../parts/button.tsx'
import { beginSignIn, type SessionState } from './session.ts'
import { Sign } from './sign.tsx'

type After = Extract<SessionState, { is: 'outside' }>['after']

const TITLES = {
  refused: 'Nobody was signed in',
  expired: 'That sign-in is over',
  left: 'You are signed out',
} as const

const WORDS = {
  refused: 'The number did not match, or somebody pressed “That was not me”. You can try again.',
  expired: 'A number holds for five minutes. Get a new one and pick it in Telegram.',
  left: 'See you soon. To come back, sign in with Telegram.',
} as const

/** The way into the panel in a browser. */
export function SignInPage({ after }: { after: After }) {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()

  async function press(): Promise<void> {
    setBusy(true)
    setTrouble(undefined)
    try {
      await beginSignIn()
    } catch (error) {
      setTrouble(sentenceOf(error))
      setBusy(false)
    }
  }

  return (
    <Sign icon="shop" title={after ? TITLES[after] : 'Your shop at a glance'}>
      <p>
        {after ? WORDS[after] : 'Sign in through your Telegram account: there is no password to remember.'}
      </p>
      <div class="gate-actions">
        <Button kind="main" icon="send" busy={busy} onPress={() => void press()}>
          Sign in with Telegram
        </Button>
        {trouble && (
          <p class="gate-trouble" role="alert">
            {trouble}
          </p>
        )}
      </div>
      <p class="small">For the staff of the shop. Customers find everything in the chat.</p>
    </Sign>
  )
}
