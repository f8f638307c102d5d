import { useComputed, useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Actor } from '../api/sandbox.ts'
import { Icon } from '../look/icon.tsx'
import type { Chat } from '../world/chat-state.ts'
import { unfetched } from '../world/delivery.ts'
import { bot } from '../world/world.ts'
import { dayName, entriesOf } from './entries.ts'
import { MessageGroup } from './message-group.tsx'
import './message-list.css'

const portion = 120
/** Where somebody had scrolled to; absent at the bottom. */
const positions = new Map<string, number>()

interface MessageListProps {
  actor: Actor
  chat: Chat
}

/** The chat's messages. It stays at the bottom while one is there, and where one was otherwise. */
export function MessageList({ actor, chat }: MessageListProps) {
  const scroller = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const atBottom = useSignal(true)
  const shown = useSignal(portion)
  const position = `${actor.personId}:${chat.id}`
  const newest = chat.messages.at(-1)
  const last = useRef({ top: 0, height: 0, room: 0 })

  function toBottom(behavior: ScrollBehavior = 'instant'): void {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior })
  }

  useLayoutEffect(() => {
    const saved = positions.get(position)
    atBottom.value = saved === undefined
    if (saved === undefined) toBottom()
    else scroller.current?.scrollTo({ top: saved })
    // Pictures, edits and the keys below all change the height.
    const observer = new ResizeObserver(() => atBottom.peek() && toBottom())
    if (scroller.current) observer.observe(scroller.current)
    if (content.current) observer.observe(content.current)
    return () => observer.disconnect()
  }, [position])

  // What one says oneself is always looked at.
  useEffect(() => {
    if (newest?.fromId === actor.personId) toBottom()
  }, [newest?.id])

  function onScroll(): void {
    const box = scroller.current
    if (!box) return
    const { scrollTop: top, scrollHeight: height, clientHeight: room } = box
    const near = height - top - room < 40
    const { current: before } = last
    // Only a person going up leaves the bottom: where the content or the room has changed, the observer follows it.
    const wentUp = top < before.top && height === before.height && room === before.room
    if (near || wentUp) atBottom.value = near
    last.current = { top, height, room }
    if (atBottom.value) positions.delete(position)
    else positions.set(position, box.scrollTop)
  }

  return (
    <div class="messages">
      <section ref={scroller} class="messages-scroller" aria-label="Messages" onScroll={onScroll}>
        <div ref={content} class="messages-content" role="log" aria-relevant="additions text">
          {chat.messages.length > shown.value && (
            <button type="button" class="chip" onClick={() => (shown.value += portion)}>
              Earlier messages
            </button>
          )}
          <Entries actor={actor} chat={chat} count={shown.value} />
          {chat.loaded && chat.messages.length === 0 && <Welcome />}
        </div>
      </section>
      {!atBottom.value && (
        <button
          type="button"
          class="jump"
          aria-label="To the newest message"
          onClick={() => toBottom('smooth')}
        >
          <Icon name="down" />
        </button>
      )}
    </div>
  )
}

function Entries({ actor, chat, count }: MessageListProps & { count: number }) {
  const waiting = useComputed(() => unfetched.value)
  const now = Date.now()
  return entriesOf(chat.messages.slice(-count)).map((entry) =>
    entry.kind === 'day' ? (
      <p key={entry.key} class="chip">
        {dayName(entry.date * 1000, now)}
      </p>
    ) : (
      <MessageGroup
        key={entry.key}
        actor={actor}
        chat={chat}
        entry={entry}
        fetched={entry.messages.every((message) => !waiting.value.has(`${chat.id}:${message.id}`))}
      />
    ),
  )
}

function Welcome() {
  return (
    <div class="welcome">
      <p class="welcome-title">What can this bot do?</p>
      <p>{bot.value?.description || 'Press Start to find out.'}</p>
    </div>
  )
}
