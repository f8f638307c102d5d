import type { BotCommand } from '@grammyjs/types'
import { useEffect } from 'preact/hooks'
import './command-list.css'

interface CommandListProps {
  commands: BotCommand[]
  /** What of a command was typed already. */
  start: string
  onPick: (command: string) => void
  onClose: () => void
}

/** What the bot has told Telegram it understands. */
export function CommandList({ commands, start, onPick, onClose }: CommandListProps) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && onClose()
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [onClose])

  const fitting = commands.filter(({ command }) => command.startsWith(start.toLowerCase()))
  if (fitting.length === 0) return null
  return (
    <ul class="commands" aria-label="Commands">
      {fitting.map(({ command, description }) => (
        <li key={command}>
          <button type="button" onClick={() => onPick(command)}>
            <b>/{command}</b>
            <span class="hint cut">{description}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
