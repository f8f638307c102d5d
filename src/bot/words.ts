import { formatMoney } from '../lib/money.ts'
import { shorten } from '../lib/shorten.ts'
import { type TextArgs, unescapeHtml } from '../lib/texts.ts'
import type { ShopContext } from './context.ts'

const MAX_LABEL = 48

/** The language we have words in that is nearest to the person's. */
export function languageOf(ctx: ShopContext): string {
  return ctx.shop.texts.nearest(ctx.person.language)
}

/** A text as Telegram HTML. */
export function say(ctx: ShopContext, id: string, args?: TextArgs): string {
  return ctx.shop.texts.say(languageOf(ctx), id, args)
}

/** A text without formatting, for buttons and toasts. */
export function plain(ctx: ShopContext, id: string, args?: TextArgs): string {
  return unescapeHtml(say(ctx, id, args))
}

/** A plain text short enough for a button. */
export function label(ctx: ShopContext, id: string, args?: TextArgs): string {
  return shorten(plain(ctx, id, args), MAX_LABEL)
}

/** Somebody's own words short enough for a button. */
export function short(text: string): string {
  return shorten(text.replaceAll('\n', ', '), MAX_LABEL)
}

/** An amount in the shop's currency, or in the one an order was placed in. */
export function money(ctx: ShopContext, minor: number, currency = ctx.shop.settings.currency): string {
  return formatMoney(minor, currency, languageOf(ctx))
}

/** A day as people say it: "5 Jan 2026", with the time of day when wanted. */
export function day(ctx: ShopContext, at: number, withTime = false): string {
  return new Intl.DateTimeFormat(languageOf(ctx), {
    dateStyle: 'medium',
    ...(withTime && { timeStyle: 'short' }),
    timeZone: ctx.shop.settings.timezone,
  }).format(at)
}

/** Lines under one another; what is not there leaves no gap. */
export function lines(...parts: (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join('\n')
}

/** Paragraphs with an empty line between them. */
export function paragraphs(...parts: (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join('\n\n')
}
