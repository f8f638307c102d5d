import { type Context, Hono } from 'hono'
import {
  findButton,
  findKey,
  newestFirst,
  pressData,
  pressInline,
  pressKey,
  sendWebAppData,
} from './buttons.ts'
import type { Content } from './chats.ts'
import { payInvoice } from './checkout.ts'
import { PersonDriver } from './driver-person.ts'
import type { Upload } from './params.ts'
import * as people from './people.ts'
import type { Sandbox } from './sandbox.ts'
import * as said from './say.ts'
import type { ChatState, Person } from './state.ts'
import { seen } from './view.ts'

interface Actor {
  person: Person
  chat: ChatState
  body: Record<string, unknown>
}

type Action = (sandbox: Sandbox, actor: Actor) => unknown

const actions: Record<string, Action> = {
  text: (sandbox, { person, chat, body }) =>
    seen(said.sendText(sandbox, person, String(body.text ?? ''), chat, threadOf(body)), person.id),
  edit: (sandbox, { person, chat, body }) =>
    seen(said.editText(sandbox, person, chat, Number(body.messageId), String(body.text ?? '')), person.id),
  start: (sandbox, { person, chat, body }) =>
    seen(said.sendText(sandbox, person, `/start ${String(body.payload ?? '')}`, chat), person.id),
  photo: (sandbox, { person, chat, body }) =>
    seen(said.sendPhoto(sandbox, person, uploadOf(body), chat, captionOf(body)), person.id),
  document: (sandbox, { person, chat, body }) =>
    seen(said.sendDocument(sandbox, person, uploadOf(body), chat, captionOf(body)), person.id),
  contact: (sandbox, { person, chat, body }) =>
    seen(
      said.sendContact(sandbox, person, chat, body.other as { phone: string; firstName: string }),
      person.id,
    ),
  location: (sandbox, { person, chat, body }) =>
    seen(
      said.sendLocation(sandbox, person, chat, body.place as { latitude: number; longitude: number }),
      person.id,
    ),
  press,
  pay,
  'mini-app': (sandbox, { person, body }) => {
    const button = body.button === undefined ? undefined : String(body.button)
    const startParam = body.startParam === undefined ? {} : { startParam: String(body.startParam) }
    return { url: new PersonDriver(sandbox, person).openMiniApp(button, startParam) }
  },
  'init-data': (sandbox, { person, body }) => ({
    initData: new PersonDriver(sandbox, person).initData(body),
  }),
  'web-app-data': (sandbox, { person, chat, body }) =>
    seen(sendWebAppData(sandbox, person, chat, String(body.data), String(body.buttonText ?? '')), person.id),
  block: (sandbox, { person }) => people.blockBot(sandbox, person),
  'delete-account': (sandbox, { person }) => people.deleteAccount(sandbox, person),
  unblock: (sandbox, { person }) => people.unblockBot(sandbox, person),
}

/** `POST /:personId/<action>`: what a person can do, one endpoint each. */
export function actionRoutes(sandbox: Sandbox): Hono {
  const app = new Hono()
  app.post('/:id/:action', async (c) => {
    const action = actions[c.req.param('action')]
    const person = sandbox.people.get(Number(c.req.param('id')))
    if (!action) return c.json({ error: 'A person cannot do that' }, 404)
    if (!person) return c.json({ error: 'There is no such person' }, 404)
    const body = await readFields(c)
    const chat = sandbox.chats.get(Number(body.chat ?? person.id))
    if (!chat) return c.json({ error: 'There is no such chat' }, 404)
    return c.json({ ok: true, result: (await action(sandbox, { person, chat, body })) ?? null })
  })
  return app
}

/** By the button's text (`button`), by its data (`data`), or a key of the reply keyboard (`key`). */
async function press(sandbox: Sandbox, { person, chat, body }: Actor): Promise<unknown> {
  const messageId = body.messageId === undefined ? undefined : Number(body.messageId)
  if (body.key !== undefined) {
    const key = findKey(chat, String(body.key))
    if (!key) throw new people.CannotDo(`There is no key "${String(body.key)}"`)
    const { sent, ...rest } = pressKey(sandbox, person, chat, key)
    return { ...rest, ...(sent ? { sent: seen(sent, person.id) } : {}) }
  }
  if (body.data !== undefined) {
    const message = newestFirst(chat).find(
      (one) => one.from?.is_bot && (messageId ?? one.message_id) === one.message_id,
    )
    if (!message) throw new people.CannotDo('There is no message to press on')
    return pressData(sandbox, person, chat, message, String(body.data))
  }
  const found = findButton(chat, String(body.button ?? ''), messageId)
  if (!found) throw new people.CannotDo(`There is no button "${String(body.button)}"`)
  return pressInline(sandbox, person, chat, found)
}

function pay(sandbox: Sandbox, { person, chat, body }: Actor): Promise<unknown> {
  const wanted = body.messageId === undefined ? undefined : Number(body.messageId)
  const invoice = newestFirst(chat).find(
    (one) => one.invoice && (wanted ?? one.message_id) === one.message_id,
  )
  if (!invoice) throw new people.CannotDo('There is no invoice to pay')
  return payInvoice(sandbox, person, chat, invoice)
}

/** JSON (a file as base64 in `file`, with `name` and `mime`), or multipart with the upload in the field `file`. */
async function readFields(c: Context): Promise<Record<string, unknown>> {
  if (!c.req.header('content-type')?.startsWith('multipart/form-data')) {
    const text = await c.req.text()
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  }
  const { file, ...fields } = await c.req.parseBody()
  if (!(file instanceof File)) return fields
  const base64 = Buffer.from(await file.arrayBuffer()).toString('base64')
  return { ...fields, file: base64, name: file.name, mime: file.type }
}

function uploadOf({ file, name, mime }: Record<string, unknown>): Upload {
  if (typeof file !== 'string') throw new people.CannotDo('There is no file')
  const bytes = Buffer.from(file, 'base64')
  return { bytes, name: String(name ?? 'file'), mime: String(mime ?? 'application/octet-stream') }
}

function captionOf(body: Record<string, unknown>): string {
  return String(body.caption ?? '')
}

function threadOf({ topic }: Record<string, unknown>): Content {
  return topic === undefined ? {} : { message_thread_id: Number(topic), is_topic_message: true }
}
