import type { StaffList } from '../../../src/http/contract/staff.ts'
import { sentenceOf } from '../api/request.ts'
import { withdrawInvitation } from '../api/staff.ts'
import { IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { say } from '../parts/snack.ts'
import { timeLeft } from '../time/relative-time.ts'
import { everyMinute } from '../time/shop-clock.ts'
import { ROLES } from './roles.ts'

interface InvitationLinesProps {
  invitations: StaffList['invitations']
  onChanged: (list: StaffList) => void
}

/** Links that nobody has opened yet. */
export function InvitationLines({ invitations, onChanged }: InvitationLinesProps) {
  if (invitations.length === 0) return null

  async function withdraw(id: string): Promise<void> {
    try {
      onChanged(await withdrawInvitation(id))
      say('The link no longer works')
    } catch (error) {
      say(sentenceOf(error))
    }
  }

  return (
    <section class="section">
      <h2>Invited</h2>
      <div class="card">
        {invitations.map(({ id, role, invitedBy, expiresAt }) => (
          <div class="line" key={id} data-invitation={role}>
            <Icon name="clock" />
            <div class="line-words">
              <p>{ROLES[role].word}</p>
              <p class="small hint wrap">
                by {invitedBy} · {timeLeft(expiresAt, everyMinute())} left
              </p>
            </div>
            <IconButton icon="close" label="Withdraw" onPress={() => void withdraw(id)} />
          </div>
        ))}
      </div>
    </section>
  )
}
