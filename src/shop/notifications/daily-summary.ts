import { formatMoney } from '../../lib/money.ts'
import type { EventFacts } from './facts.ts'
import { paragraph } from './words.ts'

/** What the day brought, counted when the summary was planned. */
export interface DayFigures {
  /** The day, as in "2026-11-21". */
  day: string
  orders: number
  totalMinor: number
  delivered: number
  cancelled: number
  /** Still to be accepted when the summary was made. */
  waiting: number
  deadLetters: number
}

/** The owner's mail about yesterday. */
export function dailySummary(facts: EventFacts): string {
  const { say, reader, currency } = facts
  const figures = facts.data as unknown as DayFigures
  const day = new Intl.DateTimeFormat(reader.language, { dateStyle: 'full', timeZone: 'UTC' }).format(
    Date.parse(`${figures.day}T12:00:00Z`),
  )
  return paragraph(
    `${say('daily_summary', { day })}\n`,
    say('daily_summary-orders', {
      orders: figures.orders,
      total: formatMoney(figures.totalMinor, currency, reader.language),
    }),
    say('daily_summary-ended', { delivered: figures.delivered, cancelled: figures.cancelled }),
    figures.waiting > 0 && say('daily_summary-waiting', { waiting: figures.waiting }),
    figures.deadLetters > 0 && say('daily_summary-dead', { letters: figures.deadLetters }),
  )
}
