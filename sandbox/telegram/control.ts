import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { arrivalRoutes } from '../arrivals/arrival-routes.ts'
import { chatPage } from './chat-page.ts'
import { actionRoutes } from './control-actions.ts'
import { faultRoutes } from './control-faults.ts'
import { commandsFor, menuButton } from './methods/commands.ts'
import { addGroup, addPerson, CannotDo, type GroupDetails, type PersonDetails } from './people.ts'
import { Refusal } from './refusal.ts'
import type { Sandbox } from './sandbox.ts'
import type { StampedEvent } from './sandbox-events.ts'
import type { ChatState } from './state.ts'
import { seen, seenKeys } from './view.ts'

const maxBacklog = 1000

/** The control API under /sandbox and the chat page; see sandbox/README.md. */
export function createControl(sandbox: Sandbox): Hono {
  const app = new Hono()
  app.get('/sandbox/state', (c) => c.json(overview(sandbox)))
  app.post('/sandbox/people', async (c) => c.json(addPerson(sandbox, await c.req.json<PersonDetails>()), 201))
  app.post('/sandbox/groups', async (c) =>
    c.json(chatSummary(sandbox, addGroup(sandbox, await c.req.json<GroupDetails>())), 201),
  )
  app.get('/sandbox/chats/:id', (c) => {
    const chat = sandbox.chats.get(Number(c.req.param('id')))
    const viewer = Number(c.req.query('as') ?? chat?.person?.id)
    if (!chat) return c.json({ error: 'There is no such chat' }, 404)
    const messages = [...chat.messages.values()].map((message) => seen(message, viewer))
    return c.json({ ...chatSummary(sandbox, chat), messages })
  })
  app.get('/sandbox/chats/:id/history', (c) => {
    const chat = sandbox.chats.get(Number(c.req.param('id')))
    return chat ? c.json(chat.history) : c.json({ error: 'There is no such chat' }, 404)
  })
  app.get('/sandbox/files/:id', (c) => {
    const file = sandbox.files.byId(c.req.param('id'))
    if (!file) return c.json({ error: 'There is no such file' }, 404)
    return c.body(new Uint8Array(file.bytes), 200, { 'content-type': file.mime })
  })
  app.route('/sandbox/people', actionRoutes(sandbox))
  app.route('/sandbox', faultRoutes(sandbox))
  app.route('/sandbox', arrivalRoutes(sandbox.arrivals))
  app.get('/sandbox/stream', (c) => streamEvents(c, sandbox))
  app.all('/sandbox/*', (c) => c.json({ error: 'There is no such endpoint; see sandbox/README.md' }, 404))
  app.get('*', chatPage)
  app.onError((error, c) => {
    const known = error instanceof CannotDo || error instanceof Refusal || error instanceof SyntaxError
    return c.json({ error: error.message }, known ? 400 : 500)
  })
  return app
}

function overview(sandbox: Sandbox): object {
  const { bot } = sandbox
  return {
    bot: {
      id: bot.user.id,
      name: bot.descriptions.get('name:') ?? bot.user.first_name,
      username: bot.user.username,
      description: bot.descriptions.get('description:') ?? '',
      shortDescription: bot.descriptions.get('short_description:') ?? '',
    },
    people: [...sandbox.people.values()],
    chats: [...sandbox.chats.values()].map((chat) => chatSummary(sandbox, chat)),
    now: sandbox.clock.now(),
    lastEventId: sandbox.events.lastId(),
  }
}

function chatSummary(sandbox: Sandbox, chat: ChatState): object {
  const newest = [...chat.messages.values()].at(-1)
  return {
    id: chat.id,
    kind: chat.person ? 'private' : 'group',
    title: chat.title,
    personId: chat.person?.id,
    members: [...chat.members],
    access: chat.access,
    topics: [...chat.topics].map(([id, topic]) => ({ id, ...topic })),
    ...seenKeys(chat),
    commands: commandsFor(sandbox, chat.id, chat.person?.languageCode),
    menuButton: menuButton(sandbox, chat.id),
    newest: newest ? seen(newest, chat.person?.id) : undefined,
  }
}

function streamEvents(c: Parameters<typeof streamSSE>[0], { events }: Sandbox): Response {
  return streamSSE(c, async (stream) => {
    let backlog: StampedEvent[] = []
    let wake = (): void => {}
    const stop = events.listen((event) => {
      backlog.push(event)
      // A page that cannot keep up must load everything anew.
      if (backlog.length > maxBacklog) void stream.close()
      wake()
    })
    stream.onAbort(() => wake())
    await stream.writeSSE({ event: 'hello', data: JSON.stringify({ lastEventId: events.lastId() }) })
    while (!stream.aborted && !stream.closed) {
      const batch = backlog
      backlog = []
      for (const event of batch) await stream.writeSSE(asSse(event))
      if (backlog.length === 0) {
        const { promise, resolve } = Promise.withResolvers<void>()
        wake = resolve
        await promise
      }
    }
    stop()
  })
}

function asSse(event: StampedEvent): { id: string; event: string; data: string } {
  const data = event.type === 'message' ? { ...event, message: seen(event.message, event.chatId) } : event
  return { id: String(event.id), event: event.type, data: JSON.stringify(data) }
}
