import type { ConversationFlavor } from '@grammyjs/conversations'
import type { Context, MiddlewareFn } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import { markApplied } from '../db/inbox.ts'
import { findPersonByTelegramId, findStaff, type PersonRow } from '../db/people.ts'
import type { Log } from '../lib/log.ts'
import type { Metrics } from '../lib/metrics.ts'
import { ShopError } from '../lib/shop-error.ts'
import { greetPerson, isOutdated } from '../shop/customers/greet-person.ts'
import type { Actor, Shop, Work } from '../shop/work.ts'
import type { Question } from './conversations/question.ts'
import type { Screens } from './screens.ts'

export interface BotDeps {
  token: string
  shop: Shop
  screens: Screens
  /** Where pictures of products lie. */
  mediaFolder: string
  /** Where receipts of bank transfers are kept. */
  proofsFolder: string
  apiRoot?: string | undefined
  /** Where the panel is reached from outside, without a slash at the end. */
  publicUrl?: string | undefined
  log?: Log | undefined
  metrics?: Metrics | undefined
  /** Whether the shop sends mails, so that an address is of use. */
  mail?: boolean | undefined
  /** Known already, so that the bot need not ask for it. */
  botInfo?: UserFromGetMe | undefined
}

export interface ShopFlavor {
  deps: BotDeps
  shop: Shop
  /** Who wrote or pressed. */
  person: PersonRow
  /**
   * The one way in which an update changes the shop, at most once: `fn` runs in a transaction that also marks the
   * update as applied. Returns undefined, changing nothing, when the update came again after its effect was committed;
   * the caller then only redraws. Throws what `fn` throws, with everything undone.
   */
  write<T>(fn: (work: Work) => T): T | undefined
  /** What the answer to a press says. */
  toast: { text: string; alert: boolean } | undefined
  pressAnswered: boolean
  /** The question that this message answers. */
  answers: Question | undefined
  /** The question that the next message will answer. */
  asks: Question | undefined
  /** The order for which this update brought money. */
  paidOrderId: number | undefined
  /** A button or command took care of the update. */
  handled: boolean
  /** The error that was counted last. */
  counted: unknown
}

export type ShopContext = ConversationFlavor<Context & ShopFlavor>

/** Gives each update its hands on the shop. */
export function equip(deps: BotDeps): MiddlewareFn<ShopContext> {
  return (ctx, next) => {
    let written = false
    ctx.deps = deps
    ctx.shop = deps.shop
    ctx.write = (fn) => {
      if (written) throw new Error('one update, one write: put both changes into the same one')
      try {
        const result = deps.shop.write((work) =>
          markApplied(work.tx, ctx.update.update_id) ? fn(work) : undefined,
        )
        written = true
        return result
      } catch (error) {
        // Most refusals are answered where they happen, in words of their own.
        countError(ctx, error)
        throw error
      }
    }
    return next()
  }
}

/** Finds out who this is: one read, and a write only when something about them is new. */
export const identify: MiddlewareFn<ShopContext> = async (ctx, next) => {
  const { from, shop } = ctx
  if (!from) return
  const known = findPersonByTelegramId(shop.db, from.id)
  const outdated = isOutdated(known, from, shop.clock.now())
  ctx.person = known && !outdated ? known : shop.write((work) => greetPerson(work, from))
  await next()
}

/** Who acts in a group: that says nothing about whether the bot may write to them. */
export const identifyInGroup: MiddlewareFn<ShopContext> = async (ctx, next) => {
  const { from, shop } = ctx
  if (!from) return
  ctx.person =
    findPersonByTelegramId(shop.db, from.id) ?? shop.write((work) => greetPerson(work, from, 'unknown'))
  await next()
}

/** Counts, once, what the person of this update was refused or what went wrong for them. */
export function countError(ctx: ShopContext, error: unknown): void {
  if (error === ctx.counted) return
  ctx.counted = error
  const code = error instanceof ShopError ? error.code : 'internal'
  ctx.deps.metrics?.errors.inc({ transport: 'chat', code })
}

/** The person of this update as a customer who acts. */
export function customer(ctx: ShopContext): Actor & { id: number } {
  return { kind: 'customer', id: ctx.person.id, name: ctx.person.name, source: 'chat' }
}

/** The person of this update as staff who act, or undefined for anybody else. The role is read afresh. */
export function staffActor(ctx: ShopContext): (Actor & { id: number }) | undefined {
  const member = findStaff(ctx.shop.db, ctx.person.id)
  return member && { kind: 'staff', id: ctx.person.id, name: member.name, source: 'chat', role: member.role }
}
