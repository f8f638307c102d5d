import type { Actor } from '../api/sandbox.ts'
import type { SeenMessage } from '../api/shapes.ts'
import { formatAmount } from '../payment/money.ts'
import type { Chat } from '../world/chat-state.ts'
import { bot } from '../world/world.ts'
import { Bubble } from './bubble.tsx'
import type { Entry } from './entries.ts'
import { InlineKeyboard } from './inline-keyboard.tsx'
import './message-group.css'

interface MessageGroupProps {
  actor: Actor
  chat: Chat
  entry: Extract<Entry, { kind: 'messages' }>
  fetched: boolean
}

const freshFor = 4000

/** One bubble (an album is one, too) with the buttons below it. */
export function MessageGroup({ actor, chat, entry, fetched }: MessageGroupProps) {
  const [message] = entry.messages
  if (!message) return null
  if (message.payment) return <Paid payment={message.payment} />
  const mine = message.fromId === actor.personId
  const fresh = Date.now() - message.date * 1000 < freshFor
  const classes = [
    'message',
    mine ? 'mine' : 'theirs',
    ...(entry.first ? ['first'] : []),
    ...(entry.last ? ['last'] : []),
    ...(fresh ? ['fresh'] : []),
    ...(chat.leaving.has(message.id) ? ['leaving'] : []),
  ]
  return (
    <article class={classes.join(' ')} data-message={message.id}>
      <div class={message.keyboard.length > 0 ? 'stack has-keys' : 'stack'}>
        <Bubble
          chat={chat}
          messages={entry.messages}
          mine={mine}
          fetched={fetched}
          named={!mine && entry.first}
        />
        <InlineKeyboard actor={actor} message={message} />
      </div>
    </article>
  )
}

function Paid({ payment }: { payment: NonNullable<SeenMessage['payment']> }) {
  return (
    <p class="chip">
      You paid {formatAmount(payment.amount, payment.currency)} to {bot.value?.name ?? 'the shop'}
    </p>
  )
}
