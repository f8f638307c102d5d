import { useSignal } from '@preact/signals'
import type { ArrivedMail } from '../api/shapes.ts'
import { clockTime } from '../chat/status-bar.tsx'
import { Icon } from '../look/icon.tsx'
import { place } from '../world/world.ts'
import { mailboxes, mailsOf, markSeen, open, seen } from './arrivals.ts'
import { Cover, closeCover } from './cover.tsx'
import { Letter } from './letter.tsx'
import './mailbox.css'

/** The mailbox of the person in hand. */
export function Mailbox() {
  const personId = place.value?.personId
  return open.value === 'mailbox' && personId !== undefined ? (
    <Mails key={personId} personId={personId} />
  ) : null
}

function Mails({ personId }: { personId: number }) {
  const reading = useSignal<ArrivedMail | undefined>(undefined)
  const mails = mailsOf(personId)
  const letter = reading.value
  const back = letter ? () => (reading.value = undefined) : closeCover
  return (
    <Cover name="mailbox" label="Mailbox">
      <header class="mailbox-bar">
        <button type="button" class="icon-button" aria-label={letter ? 'Back' : 'Close'} onClick={back}>
          <Icon name={letter ? 'back' : 'close'} />
        </button>
        <p class="mailbox-title">
          <b>Mail</b>
          <span class="cut">{mailboxes.value.find((one) => one.personId === personId)?.address}</span>
        </p>
      </header>
      {letter ? (
        <Letter mail={letter} />
      ) : (
        <ul class="mails">
          {mails.map((mail) => (
            <li key={mail.id}>
              <MailLine
                mail={mail}
                onOpen={() => {
                  markSeen([mail.id])
                  reading.value = mail
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {mails.length === 0 && <p class="mails-empty hint">No mail yet. It comes with the next order.</p>}
    </Cover>
  )
}

function MailLine({ mail, onOpen }: { mail: ArrivedMail; onOpen: () => void }) {
  const isNew = !seen.value.has(mail.id)
  return (
    <button type="button" class={isNew ? 'mail-line new' : 'mail-line'} onClick={onOpen}>
      <span class="mail-from">
        <span class="cut">{mail.from}</span>
        <time>{clockTime(mail.at)}</time>
      </span>
      <span class="mail-subject cut">{mail.subject}</span>
      <span class="cut hint small">{mail.text.replaceAll(/\s+/g, ' ')}</span>
    </button>
  )
}
