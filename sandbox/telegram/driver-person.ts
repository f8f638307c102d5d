import type { Message } from '@grammyjs/types'
import {
  findButton,
  findKey,
  newestFirst,
  type PressResult,
  pressData,
  pressInline,
  pressKey,
  sendWebAppData,
} from './buttons.ts'
import { privateChat } from './chats.ts'
import { askCheckout, type PaymentResult, type PayOptions, payInvoice, refused } from './checkout.ts'
import { describeScreen, findMessage, newestFromBot } from './find-message.ts'
import { imageSize } from './image-size.ts'
import { type InitDataOptions, initDataOf, miniAppUrl } from './init-data.ts'
import { menuButton } from './methods/commands.ts'
import type { Upload } from './params.ts'
import * as people from './people.ts'
import type { Sandbox } from './sandbox.ts'
import * as said from './say.ts'
import type { ChatState, HistoryEntry, Person } from './state.ts'
import { type SeenMessage, seen, seenKeys } from './view.ts'
import { PATIENCE_MS, waitFor } from './wait.ts'

export interface Where {
  /** A group's id; default the private chat with the bot. */
  chat?: number
}

export interface WaitOptions extends Where {
  /** Milliseconds of real time (default a minute). */
  timeout?: number
  /** Only what was sent or edited after this `mark()`. */
  since?: number
}

/** Plays one person. Everything that waits does so for events, and rejects with what was on the screen. */
export class PersonDriver {
  readonly person: Person
  readonly #sandbox: Sandbox

  constructor(sandbox: Sandbox, person: Person) {
    this.#sandbox = sandbox
    this.person = person
  }

  get id(): number {
    return this.person.id
  }

  async send(text: string, where: Where & { topic?: number } = {}): Promise<SeenMessage> {
    const extra = where.topic ? { message_thread_id: where.topic, is_topic_message: true as const } : {}
    return this.#seen(said.sendText(this.#sandbox, this.person, text, this.#chat(where), extra))
  }

  /** Changes a text of one's own. */
  async edit(messageId: number, text: string, where: Where = {}): Promise<SeenMessage> {
    return this.#seen(said.editText(this.#sandbox, this.person, this.#chat(where), messageId, text))
  }

  /** `/start`, as from a deep link when there is a payload. */
  start(payload?: string): Promise<SeenMessage> {
    return this.send(payload ? `/start ${payload}` : '/start')
  }

  async reply(messageId: number, text: string, where: Where = {}): Promise<SeenMessage> {
    const chat = this.#chat(where)
    const reply_to_message = chat.messages.get(messageId) as Message['reply_to_message'] & object
    return this.#seen(said.sendText(this.#sandbox, this.person, text, chat, { reply_to_message }))
  }

  async sendPhoto(bytes: Buffer, caption?: string, where: Where = {}): Promise<SeenMessage> {
    const upload: Upload = { name: 'photo.jpg', mime: imageSize(bytes)?.mime ?? 'image/jpeg', bytes }
    return this.#seen(said.sendPhoto(this.#sandbox, this.person, upload, this.#chat(where), caption))
  }

  async sendDocument(bytes: Buffer, name = 'file.bin', caption?: string): Promise<SeenMessage> {
    const upload: Upload = { name, mime: 'application/octet-stream', bytes }
    return this.#seen(said.sendDocument(this.#sandbox, this.person, upload, this.#chat({}), caption))
  }

  async sendContact(other?: { phone: string; firstName: string }): Promise<SeenMessage> {
    return this.#seen(said.sendContact(this.#sandbox, this.person, this.#chat({}), other))
  }

  async sendLocation(place?: { latitude: number; longitude: number }): Promise<SeenMessage> {
    return this.#seen(said.sendLocation(this.#sandbox, this.person, this.#chat({}), place))
  }

  /** Waits for a button with that text (newest inline one, else the reply keyboard's) and presses it. */
  async press(
    text: string | RegExp,
    options: WaitOptions & { messageId?: number } = {},
  ): Promise<PressResult> {
    const chat = this.#chat(options)
    const press = await waitFor(
      this.#sandbox,
      () => this.#pressable(chat, text, options.messageId),
      options.timeout,
      () => `no button ${String(text)} ${describeScreen(chat)}`,
    )
    return this.#answered(press(), options.timeout)
  }

  /** Sends callback data that need not be on any button: what a forged client can do. */
  async pressData(data: string, messageId?: number, options: WaitOptions = {}): Promise<PressResult> {
    const chat = this.#chat(options)
    const message = messageId === undefined ? newestFromBot(chat) : chat.messages.get(messageId)
    if (!message) throw new people.CannotDo('There is no message to press on')
    return this.#answered(pressData(this.#sandbox, this.person, chat, message, data), options.timeout)
  }

  /** Resolves with the newest of the bot's messages whose text or caption fits, now or as soon as there is one. */
  sees(pattern: string | RegExp, options: WaitOptions = {}): Promise<SeenMessage> {
    const chat = this.#chat(options)
    const find = (): SeenMessage | undefined => {
      const message = findMessage(chat, pattern, options.since)
      return message && this.#seen(message)
    }
    const what = (): string => `no message ${String(pattern)} ${describeScreen(chat)}`
    return waitFor(this.#sandbox, find, options.timeout, what)
  }

  /** A place in the chat's history, for `sees(…, { since })`. */
  mark(where: Where = {}): number {
    return this.#chat(where).history.length
  }

  /** What is in the chat now, newest last. */
  messages(where: Where = {}): SeenMessage[] {
    return [...this.#chat(where).messages.values()].map((message) => this.#seen(message))
  }

  /** The newest message of the bot. */
  screen(where: Where = {}): SeenMessage | undefined {
    const message = newestFromBot(this.#chat(where))
    return message && this.#seen(message)
  }

  /** Labels of the reply keyboard, row by row. */
  keys(where: Where = {}): string[][] {
    return seenKeys(this.#chat(where)).keys
  }

  /** Every send, edit and deletion in order. */
  history(where: Where = {}): HistoryEntry[] {
    return [...this.#chat(where).history]
  }

  /** Pays the newest invoice, or the one named; `from` pays a copy of somebody else's. */
  pay(options: PayOptions & { messageId?: number; from?: number } = {}): Promise<PaymentResult> {
    const chat = this.#chat(options.from === undefined ? {} : { chat: options.from }, true)
    const invoice = newestFirst(chat).find(
      (message) => message.invoice && (options.messageId ?? message.message_id) === message.message_id,
    )
    if (!invoice) throw new people.CannotDo('There is no invoice to pay')
    return payInvoice(this.#sandbox, this.person, this.#chat({}), invoice, options)
  }

  /** Asks the bot as a forged client can: about an invoice that is not theirs, or with another amount. Nothing is paid by it. */
  async asksToPay(purchase: {
    payload: string
    amount: number
    currency: string
  }): Promise<Omit<PaymentResult, 'status'> & { status: 'agreed' | PaymentResult['status'] }> {
    const { payload: invoice_payload, amount: total_amount, currency } = purchase
    const verdict = await askCheckout(this.#sandbox, this.person, { invoice_payload, total_amount, currency })
    return verdict.ok ? { status: 'agreed' } : refused(verdict)
  }

  block(): void {
    people.blockBot(this.#sandbox, this.person)
  }

  unblock(): void {
    people.unblockBot(this.#sandbox, this.person)
  }

  deleteAccount(): void {
    people.deleteAccount(this.#sandbox, this.person)
  }

  /** The URL the Mini App opens with: from the newest button with that text, or else the menu button. */
  openMiniApp(button?: string | RegExp, options: InitDataOptions = {}): string {
    const found = button === undefined ? undefined : findButton(this.#chat({}), button)?.button
    const menu = menuButton(this.#sandbox, this.person.id)
    if (button !== undefined && !(found && 'web_app' in found)) {
      throw new people.CannotDo(`There is no Mini App button ${String(button)}`)
    }
    const url =
      found && 'web_app' in found ? found.web_app.url : menu.type === 'web_app' ? menu.web_app.url : ''
    if (url === '') throw new people.CannotDo('The menu button opens no Mini App')
    return miniAppUrl(url, this.initData(options))
  }

  initData(options: InitDataOptions = {}): string {
    return initDataOf(this.#sandbox, this.person, options)
  }

  async sendWebAppData(data: string, buttonText = ''): Promise<SeenMessage> {
    return this.#seen(sendWebAppData(this.#sandbox, this.person, this.#chat({}), data, buttonText))
  }

  #pressable(
    chat: ChatState,
    text: string | RegExp,
    messageId: number | undefined,
  ): (() => Promise<PressResult>) | undefined {
    const found = findButton(chat, text, messageId)
    if (found) return () => pressInline(this.#sandbox, this.person, chat, found)
    const key = messageId === undefined ? findKey(chat, text) : undefined
    return key === undefined ? undefined : async () => pressKey(this.#sandbox, this.person, chat, key)
  }

  async #answered(press: Promise<PressResult>, timeout = PATIENCE_MS): Promise<PressResult> {
    const { promise, reject } = Promise.withResolvers<never>()
    const late = (): void => reject(new Error(`The bot did not answer the press within ${timeout} ms`))
    const timer = setTimeout(late, timeout)
    try {
      return await Promise.race([press, promise])
    } finally {
      clearTimeout(timer)
    }
  }

  #chat({ chat }: Where, anywhere = false): ChatState {
    if (chat === undefined) return privateChat(this.#sandbox, this.person)
    const group = this.#sandbox.chats.get(chat)
    if (!group || !(anywhere || group.members.has(this.id))) {
      throw new people.CannotDo(`${this.person.firstName} is not in chat ${chat}`)
    }
    return group
  }

  #seen(message: Message): SeenMessage {
    return seen(message, this.id)
  }
}
