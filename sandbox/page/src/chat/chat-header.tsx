import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Actor, block, startBot, unblock } from '../api/sandbox.ts'
import { ArrivalButtons } from '../arrivals/arrival-buttons.tsx'
import { Icon } from '../look/icon.tsx'
import { attempt } from '../parts/toast.ts'
import { Avatar } from '../people/avatar.tsx'
import type { Chat } from '../world/chat-state.ts'
import { bot, me } from '../world/world.ts'
import './chat-header.css'

interface ChatHeaderProps {
  actor: Actor
  chat: Chat
}

export function ChatHeader({ actor, chat }: ChatHeaderProps) {
  const group = chat.kind === 'group'
  const typing = chat.typingUntil > Date.now()
  const title = group ? chat.title : (bot.value?.name ?? 'Bot')
  return (
    <header class="chat-header">
      <Avatar name={title} size={36} colour={group ? '#7a8bd8' : '#3d8fdc'} />
      <div class="chat-title">
        <h1 class="cut">{title}</h1>
        <p class={typing ? 'cut typing' : 'cut'} aria-live="polite">
          {typing
            ? 'typing…'
            : group
              ? `${chat.members.length + 1} members`
              : `bot · ${me.value?.firstName}’s phone`}
        </p>
      </div>
      <ArrivalButtons personId={actor.personId} />
      {!group && <ChatMenu actor={actor} chat={chat} />}
    </header>
  )
}

function ChatMenu({ actor, chat }: ChatHeaderProps) {
  const open = useSignal(false)

  useEffect(() => {
    const close = () => {
      open.value = false
    }
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && close()
    document.addEventListener('click', close)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('click', close)
      document.removeEventListener('keydown', onKey)
    }
  }, [open])

  const blocked = chat.access === 'blocked'
  return (
    <div class="chat-menu">
      <button
        type="button"
        class="icon-button"
        aria-label="Chat menu"
        aria-expanded={open.value}
        onClick={(event) => {
          event.stopPropagation()
          open.value = !open.value
        }}
      >
        <Icon name="more" />
      </button>
      {open.value && (
        <div class="chat-menu-items">
          <button type="button" onClick={() => void attempt(() => startBot(actor))}>
            <Icon name="reload" />
            Start again
          </button>
          {blocked ? (
            <button type="button" onClick={() => void attempt(() => unblock(actor))}>
              <Icon name="check" />
              Unblock the bot
            </button>
          ) : (
            <button type="button" class="danger" onClick={() => void attempt(() => block(actor))}>
              <Icon name="blocked" />
              Block the bot
            </button>
          )}
        </div>
      )}
    </div>
  )
}
