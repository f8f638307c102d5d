import { updateDelay } from '../faults/faults.ts'
import { Icon } from '../look/icon.tsx'
import './notices.css'
import { stuckChats } from '../world/delivery.ts'
import { chat, connection } from '../world/world.ts'

/** What is wrong with the line, in the person's words. */
export function Notices() {
  if (connection.value === 'lost')
    return <Notice>The sandbox has stopped. The page goes on by itself when it is back.</Notice>
  if (!stuckChats.value.has(chat.value?.id ?? 0)) return null
  if (updateDelay.value > 0)
    return <Notice>Messages reach the bot {updateDelay.value / 1000} s late: a fault is set.</Notice>
  return <Notice>The bot is not answering. Your messages wait here until it is back.</Notice>
}

function Notice({ children }: { children: (string | number)[] | string }) {
  return (
    <p class="notice" role="status">
      <Icon name="alert" size={16} />
      <span>{children}</span>
    </p>
  )
}
