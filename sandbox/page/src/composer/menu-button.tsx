import { type Actor, openMenuApp } from '../api/sandbox.ts'
import { Icon } from '../look/icon.tsx'
import { openApp } from '../miniapp/opened-app.ts'
import { attempt } from '../parts/toast.ts'
import type { Chat } from '../world/chat-state.ts'
import './menu-button.css'

interface MenuButtonProps {
  actor: Actor
  chat: Chat
  /** While writing it makes room. */
  small: boolean
  open: boolean
  onCommands: () => void
}

/** The bot's menu button: its Mini App for the staff, its commands for everybody else. */
export function MenuButton({ actor, chat, small, open, onCommands }: MenuButtonProps) {
  const { menuButton, commands } = chat
  if (menuButton.type === 'web_app' && chat.kind === 'private') {
    return (
      <button
        type="button"
        class="menu-button"
        aria-label={menuButton.text}
        onClick={() => void launch(actor)}
      >
        <Icon name="app" size={16} />
        {!small && <span class="cut">{menuButton.text}</span>}
      </button>
    )
  }
  if (commands.length === 0) return null
  return (
    <button type="button" class="menu-button" aria-label="Commands" aria-expanded={open} onClick={onCommands}>
      <Icon name={open ? 'close' : 'menu'} size={16} />
      {!small && <span>Menu</span>}
    </button>
  )
}

async function launch(actor: Actor): Promise<void> {
  const result = await attempt(() => openMenuApp(actor))
  if (result) openApp(actor, result.url)
}
