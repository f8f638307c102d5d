import { useEffect, useRef } from 'preact/hooks'
import type { SeenMessage } from '../api/shapes.ts'
import { Icon } from '../look/icon.tsx'
import { wordsOf } from '../people/preview.ts'
import { Formatted } from '../text/formatted.tsx'
import type { Chat } from '../world/chat-state.ts'
import './bubble.css'
import { Cards } from './cards.tsx'
import { Photos, photoWidth } from './photos.tsx'
import { clockTime } from './status-bar.tsx'

interface BubbleProps {
  chat: Chat
  messages: SeenMessage[]
  mine: boolean
  fetched: boolean
  named: boolean
}

export function Bubble({ chat, messages, mine, fetched, named }: BubbleProps) {
  const box = useRef<HTMLDivElement>(null)
  const [message] = messages
  const speaker = messages.find((one) => one.text ?? one.caption) ?? message
  useEditFlash(box, message)
  if (!message || !speaker) return null
  const words = speaker.text ?? speaker.caption
  const meta = <Meta message={message} mine={mine} fetched={fetched} />
  const width = photoWidth(messages)
  return (
    <div ref={box} class="bubble" style={width ? { width: `${width}px`, maxWidth: '100%' } : undefined}>
      {named && chat.kind === 'group' && <p class="bubble-name">{message.fromName}</p>}
      {message.replyTo !== undefined && (
        <Quote message={chat.messages.find(({ id }) => id === message.replyTo)} />
      )}
      <Photos messages={messages} />
      <Cards message={message} />
      {words !== undefined && (
        <div class="words">
          <Formatted text={words} entities={speaker.raw.entities ?? speaker.raw.caption_entities} />
          {meta}
        </div>
      )}
      {words === undefined && (message.photo ? <span class="meta-over">{meta}</span> : meta)}
    </div>
  )
}

interface MetaProps {
  message: SeenMessage
  mine: boolean
  fetched: boolean
}

/** Time, whether it was edited, and for one's own messages whether the bot has it. */
function Meta({ message, mine, fetched }: MetaProps) {
  return (
    <span class="meta">
      {message.edited ? <span>edited</span> : null}
      <time dateTime={new Date(message.date * 1000).toISOString()}>{clockTime(message.date * 1000)}</time>
      {mine && (
        <span class="ticks" title={fetched ? 'The bot has it' : 'Sent; the bot has not fetched it yet'}>
          <Icon name={fetched ? 'checks' : 'check'} size={16} />
          <span class="unseen">{fetched ? 'Delivered' : 'Sent'}</span>
        </span>
      )}
    </span>
  )
}

function Quote({ message }: { message: SeenMessage | undefined }) {
  return (
    <div class="quote">
      <b class="cut">{message?.fromName ?? 'Message'}</b>
      <span class="cut">{message ? wordsOf(message) : 'Deleted message'}</span>
    </div>
  )
}

/** A short glow when the bot has changed a message in place. */
function useEditFlash(box: { current: HTMLElement | null }, message: SeenMessage | undefined): void {
  const before = useRef(message)
  useEffect(() => {
    const old = before.current
    before.current = message
    if (!old || !message || old === message || old.id !== message.id) return
    if (JSON.stringify(old.raw) === JSON.stringify(message.raw)) return
    box.current?.animate([{ filter: 'brightness(1.12) saturate(1.5)' }, { filter: 'none' }], 500)
    box.current?.animate(
      [{ boxShadow: '0 0 0 3px var(--accent)' }, { boxShadow: '0 0 0 0 transparent' }],
      600,
    )
  }, [message, box])
}
