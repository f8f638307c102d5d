import { Composer } from '../composer/composer.tsx'
import { Avatar } from '../people/avatar.tsx'
import { Badge } from '../people/badge.tsx'
import { go } from '../world/sync.ts'
import { unread } from '../world/unread.ts'
import { bot, chat, chatsOf, connection, place } from '../world/world.ts'
import { ChatHeader } from './chat-header.tsx'
import './chat-screen.css'
import { MessageList } from './message-list.tsx'
import { Notices } from './notices.tsx'

/** The chat on the phone in hand. */
export function ChatScreen() {
  const actor = place.value
  const shown = chat.value
  if (!actor || !shown) return <Nobody />
  return (
    <section class="chat-screen" aria-label={`Chat with ${bot.value?.name ?? 'the bot'}`}>
      <ChatHeader actor={actor} chat={shown} />
      <ChatTabs />
      <Notices />
      <MessageList key={`${actor.personId}:${shown.id}`} actor={actor} chat={shown} />
      <Composer key={`composer-${actor.personId}:${shown.id}`} actor={actor} chat={shown} />
    </section>
  )
}

/** Only for people who are in groups, too. */
function ChatTabs() {
  const actor = place.value
  const mine = actor ? chatsOf(actor.personId) : []
  if (!actor || mine.length < 2) return null
  return (
    <nav class="chat-tabs" aria-label="Chats">
      {mine.map((one) => (
        <button
          key={one.id}
          type="button"
          aria-current={one.id === actor.chatId ? 'true' : undefined}
          onClick={() => go({ personId: actor.personId, chatId: one.id })}
        >
          <span class="cut">{one.kind === 'private' ? (bot.value?.name ?? 'Bot') : one.title}</span>
          <Badge count={unread.value.get(one.id) ?? 0} what="new" />
        </button>
      ))}
    </nav>
  )
}

function Nobody() {
  const words = {
    connecting: 'Connecting to the sandbox…',
    lost: 'The sandbox is not running. Start it with npm run demo; this page connects by itself.',
    live: 'Nobody lives here yet. Add a person to write to the bot.',
  }
  return (
    <section class="chat-screen nobody">
      <Avatar name="Little Shop" />
      <p>{words[connection.value]}</p>
    </section>
  )
}
