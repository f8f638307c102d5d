import type { Actor } from '../api/sandbox.ts'
import type { SeenButton, SeenMessage } from '../api/shapes.ts'
import { Icon, type IconName } from '../look/icon.tsx'
import { formatAmount } from '../payment/money.ts'
import './inline-keyboard.css'
import { pressInline, pressing } from './press.ts'

interface InlineKeyboardProps {
  actor: Actor
  message: SeenMessage
}

const corner: Record<string, IconName> = {
  url: 'link',
  login_url: 'link',
  web_app: 'app',
  copy_text: 'copy',
  pay: 'card',
}

/** The buttons under a message. */
export function InlineKeyboard({ actor, message }: InlineKeyboardProps) {
  if (message.keyboard.length === 0) return null
  return (
    <div class="inline-keys">
      {message.keyboard.map((row, line) => (
        <div key={line} class="inline-row">
          {row.map((button, column) => {
            const key = `${message.chatId}:${message.id}:${line}:${column}`
            return <InlineKey key={column} {...{ actor, message, button, name: key }} />
          })}
        </div>
      ))}
    </div>
  )
}

interface InlineKeyProps extends InlineKeyboardProps {
  button: SeenButton
  /** Its place, for the shimmer. */
  name: string
}

function InlineKey({ actor, message, button, name }: InlineKeyProps) {
  const waiting = pressing.value.has(name)
  const icon = corner[button.kind]
  const label = labelOf(button, message)
  return (
    <button
      type="button"
      class={`inline-key ${button.style ?? ''} ${waiting ? 'waiting' : ''}`}
      disabled={button.kind === 'disabled'}
      aria-busy={waiting}
      title={label.length > 18 ? label : undefined}
      onClick={() => void pressInline(actor, message, button, name)}
    >
      <span class="cut">{label}</span>
      {icon && <Icon name={icon} size={12} />}
    </button>
  )
}

/** Telegram writes the sum itself on a Pay button it was not given. */
function labelOf(button: SeenButton, { invoice }: SeenMessage): string {
  const plain = invoice && `Pay ${invoice.amount} ${invoice.currency}`
  return invoice && button.text === plain
    ? `Pay ${formatAmount(invoice.amount, invoice.currency)}`
    : button.text
}
