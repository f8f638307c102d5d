import { type Actor, pressKey } from '../api/sandbox.ts'
import { Icon, type IconName } from '../look/icon.tsx'
import { openApp } from '../miniapp/opened-app.ts'
import { confirm } from '../parts/confirm.tsx'
import { attempt } from '../parts/toast.ts'
import type { Chat } from '../world/chat-state.ts'
import { bot, me } from '../world/world.ts'
import './reply-keyboard.css'

interface ReplyKeyboardProps {
  actor: Actor
  chat: Chat
}

const icons: Record<string, IconName> = { request_contact: 'person', request_location: 'pin', web_app: 'app' }

/** The keys the bot has put in place of the phone's own. */
export function ReplyKeyboard({ actor, chat }: ReplyKeyboardProps) {
  return (
    <div class="reply-keys">
      {chat.keys.map((row, line) => (
        <div key={line} class="reply-row">
          {row.map((key, column) => {
            const kind = chat.keyKinds[line]?.[column] ?? 'text'
            const icon = icons[kind]
            return (
              <button key={column} type="button" onClick={() => void press(actor, key, kind)}>
                {icon && <Icon name={icon} size={16} />}
                <span class="cut">{key}</span>
              </button>
            )
          })}
        </div>
      ))}
    </div>
  )
}

async function press(actor: Actor, key: string, kind: string): Promise<void> {
  if (!(await mayShare(kind))) return
  const result = await attempt(() => pressKey(actor, key))
  if (result?.url) openApp(actor, result.url, key)
}

/** Telegram asks before it hands over a phone number or a place. */
async function mayShare(kind: string): Promise<boolean> {
  const name = bot.peek()?.name ?? 'the bot'
  if (kind === 'request_contact') {
    const text = `${name} will know your phone number, ${me.peek()?.phone ?? ''}.`
    return await confirm({ title: 'Share your phone number?', text, yes: 'Share' })
  }
  if (kind === 'request_location') {
    const text = `${name} will know where you are: the sandbox’s own made-up place.`
    return await confirm({ title: 'Share your location?', text, yes: 'Share' })
  }
  return true
}
