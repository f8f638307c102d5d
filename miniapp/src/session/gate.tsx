import type { ComponentChildren } from 'preact'
import { Button } from '../parts/button.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Bone, RowSkeletons } from '../parts/skeleton.tsx'
import type { SessionState } from './session.ts'
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
      return (
        <Sign icon="send" title="Open this from the bot in Telegram">
          The panel signs you in through Telegram: open the chat with your shop's bot and press its panel
          button.
        </Sign>
      )
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

function Sign({ icon, title, children }: { icon: IconName; title: string; children: ComponentChildren }) {
  return (
    <main class="gate">
      <span class="gate-icon">
        <Icon name={icon} size={40} />
      </span>
      <h1>{title}</h1>
      <div class="hint gate-words">{children}</div>
    </main>
  )
}

function Opening() {
  return (
    <main class="gate-opening" aria-busy="true">
      <Bone width="half" tall />
      <RowSkeletons count={6} />
    </main>
  )
}
