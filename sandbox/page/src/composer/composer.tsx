import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Actor, sendText } from '../api/sandbox.ts'
import { Icon } from '../look/icon.tsx'
import { attempt } from '../parts/toast.ts'
import type { Chat } from '../world/chat-state.ts'
import { AttachSheet } from './attach-sheet.tsx'
import { ClosedComposer } from './closed-composer.tsx'
import { CommandList } from './command-list.tsx'
import './composer.css'
import { LettersLeft } from './letters-left.tsx'
import { MenuButton } from './menu-button.tsx'
import { PhotoPreview } from './photo-preview.tsx'
import { ReplyKeyboard } from './reply-keyboard.tsx'
import { TextBox } from './text-box.tsx'

const limit = 4096
/** What was being written in each chat. */
const drafts = new Map<string, string>()

interface ComposerProps {
  actor: Actor
  chat: Chat
}

/** The bottom edge of the chat: writing, or the one button a closed chat has. */
export function Composer({ actor, chat }: ComposerProps) {
  if (chat.kind === 'private' && chat.access !== 'open') return <ClosedComposer actor={actor} chat={chat} />
  return <OpenComposer actor={actor} chat={chat} />
}

function OpenComposer({ actor, chat }: ComposerProps) {
  const draftKey = `${actor.personId}:${chat.id}`
  const text = useSignal(drafts.get(draftKey) ?? '')
  const open = useSignal<'commands' | 'attach' | undefined>(undefined)
  const photo = useSignal<File | undefined>(undefined)
  const keysShown = useSignal(true)

  // The bot has put out new keys: show them, as Telegram does.
  useEffect(() => {
    keysShown.value = true
  }, [JSON.stringify(chat.keys), keysShown])

  function write(value: string): void {
    text.value = value
    drafts.set(draftKey, value)
  }

  async function send(): Promise<void> {
    const written = text.peek().trim()
    if (written === '' || written.length > limit) return
    write('')
    const sent = await attempt(() => sendText(actor, written))
    // Nothing that was written is lost.
    if (!sent && text.peek() === '') write(written)
  }

  const typedCommand = /^\/\w*$/.test(text.value)
  const left = limit - text.value.trim().length
  return (
    <footer class="composer">
      {(open.value === 'commands' || typedCommand) && (
        <CommandList
          commands={chat.commands}
          start={typedCommand ? text.value.slice(1) : ''}
          onPick={(command) => {
            open.value = undefined
            write('')
            void attempt(() => sendText(actor, `/${command}`))
          }}
          onClose={() => (open.value = undefined)}
        />
      )}
      <div class="composer-row">
        <MenuButton
          {...{ actor, chat }}
          small={text.value !== ''}
          open={open.value === 'commands'}
          onCommands={() => (open.value = open.value === 'commands' ? undefined : 'commands')}
        />
        <TextBox
          value={text.value}
          onWrite={write}
          onSend={() => void send()}
          onPhoto={(file) => (photo.value = file)}
        />
        {chat.keys.length > 0 && (
          <button
            type="button"
            class="icon-button"
            aria-label={keysShown.value ? 'Hide the keys' : 'Show the keys'}
            aria-pressed={keysShown.value}
            onClick={() => (keysShown.value = !keysShown.value)}
          >
            <Icon name="keys" />
          </button>
        )}
        {text.value.trim() === '' ? (
          <button
            type="button"
            class="icon-button"
            aria-label="Attach"
            onClick={() => (open.value = 'attach')}
          >
            <Icon name="attach" />
          </button>
        ) : (
          <button
            type="button"
            class="send"
            aria-label="Send"
            disabled={left < 0}
            onClick={() => void send()}
          >
            <Icon name="send" />
          </button>
        )}
      </div>
      <LettersLeft left={left} />
      {keysShown.value && chat.keys.length > 0 && <ReplyKeyboard actor={actor} chat={chat} />}
      {open.value === 'attach' && (
        <AttachSheet
          actor={actor}
          onPhoto={(file) => {
            open.value = undefined
            photo.value = file
          }}
          onClose={() => (open.value = undefined)}
        />
      )}
      {photo.value && (
        <PhotoPreview actor={actor} file={photo.value} onClose={() => (photo.value = undefined)} />
      )}
    </footer>
  )
}
