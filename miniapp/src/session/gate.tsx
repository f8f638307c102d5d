import { Button } from '../parts/button.tsx'
import { Bone, RowSkeletons } from '../parts/skeleton.tsx'
import type { SessionState } from './session.ts'
import { Sign } from './sign.tsx'
import { SignInPage } from './sign-in-page.tsx'
import { WaitingPage } from './waiting-page.tsx'
import './gate.css'

interface GateProps {
  state: Exclude<SessionState, { is: 'in' }>
  onRetry: () => void
}

/** What stands in place of the panel for somebody who is not signed in. */
export function Gate({ state, onRetry }: GateProps) {
  switch (state.is) {
    case 'starting':
      return <Opening />
    case 'outside':
      return <SignInPage after={state.after} />
    case 'waiting':
      return <WaitingPage {...state} />
    case 'stale':
      return (
        <Sign icon="clock" title="Please open the panel again">
          Telegram's sign-in for this window is no longer valid. Close it and open the panel from the bot.
        </Sign>
      )
    case 'refused':
      return (
        <Sign icon="blocked" title="Staff only">
          {state.message}
        </Sign>
      )
    case 'out':
      return (
        <Sign icon="leave" title="You are signed out">
          To come back, open the panel from the bot in Telegram.
        </Sign>
      )
    case 'broken':
      return (
        <Sign icon="alert" title="The shop cannot be reached">
          <p>{state.message}</p>
          <Button icon="undo" onPress={onRetry}>
            Try again
          </Button>
        </Sign>
      )
  }
}

function Opening() {
  return (
    <main class="gate-opening" aria-busy="true">
      <Bone width="half" tall />
      <RowSkeletons count={6} />
    </main>
  )
}
