import { Icon, type IconName } from '../look/icon.tsx'
import { Badge } from '../people/badge.tsx'
import { devices, mailboxes, mailsOf, notificationsOf, open, seen } from './arrivals.ts'
import './arrival-buttons.css'

/** The ways to the lock screen and to the mailbox, for those who have alerts or an address. */
export function ArrivalButtons({ personId }: { personId: number }) {
  const hasDevice = devices.value.some((device) => device.personId === personId)
  const hasMailbox = mailboxes.value.some((mailbox) => mailbox.personId === personId)
  const unread = mailsOf(personId).filter(({ id }) => !seen.value.has(id)).length
  return (
    <>
      {hasMailbox && (
        <ArrivalButton icon="mail" label="Mailbox" count={unread} onPress={() => (open.value = 'mailbox')} />
      )}
      {hasDevice && (
        <ArrivalButton
          icon="bell"
          label="Lock screen"
          count={notificationsOf(personId).length}
          onPress={() => (open.value = 'lock-screen')}
        />
      )}
    </>
  )
}

interface ArrivalButtonProps {
  icon: IconName
  label: string
  count: number
  onPress: () => void
}

function ArrivalButton({ icon, label, count, onPress }: ArrivalButtonProps) {
  return (
    <button
      type="button"
      class="icon-button arrival-button"
      aria-label={`${label}, ${count} new`}
      title={label}
      onClick={onPress}
    >
      <Icon name={icon} />
      <Badge count={count} what="new" />
    </button>
  )
}
