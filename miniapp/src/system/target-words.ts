import type { ShopTarget, TargetName } from '../../../src/http/contract/system.ts'
import { duration, percent } from '../notices/moments.ts'
import type { IconName } from '../parts/icon.tsx'

interface TargetWords {
  title: string
  icon: IconName
  /** What is measured; after "95 of 100 …", or by itself. */
  about: string
  /** What is counted: "43 orders". */
  unit: [one: string, many: string]
  /** What to do when it is missed. */
  redress: string
}

export const TARGETS: Record<TargetName, TargetWords> = {
  order_processing_seconds: {
    title: 'Orders go out',
    icon: 'truck',
    about: 'from placed or paid to dispatched',
    unit: ['order', 'orders'],
    redress: 'Orders lie too long. Pack the oldest first: Orders shows them.',
  },
  admin_response_seconds: {
    title: 'Orders accepted',
    icon: 'bell',
    about: 'from placed or paid to accepted',
    unit: ['order', 'orders'],
    redress: 'Orders wait for somebody to accept them. Under More, Reminders says who is told when.',
  },
  notice_coverage_ratio: {
    title: 'Everybody told',
    icon: 'send',
    about: 'of all notices have left, or failed in plain sight',
    unit: ['notice', 'notices'],
    redress: 'Some notices should have left and have not. The notices page says what is in the way.',
  },
  bot_answer_seconds: {
    title: 'Bot answers',
    icon: 'message',
    about: 'from a message coming in to its answer',
    unit: ['message', 'messages'],
    redress: 'The bot is slow. Often Telegram is, or the machine has too much to do.',
  },
  api_answer_seconds: {
    title: 'Panel answers',
    icon: 'computer',
    about: 'over all its requests',
    unit: ['request', 'requests'],
    redress: 'The panel is slow. Look whether the machine has too much to do.',
  },
  push_delivery_seconds: {
    title: 'Pushes arrive',
    icon: 'device',
    about: 'from due to taken by the push service',
    unit: ['push', 'pushes'],
    redress: 'Pushes are late. The notices page says which service is slow.',
  },
}

const SPANS: Record<ShopTarget['span'], string> = {
  week: 'in 7 days',
  day: 'in 24 hours',
  start: 'since the start',
}

/** The value of a target, or its limit: "80 ms", "75 min", "1 h", "99.2 %". */
export function amountWords({ name }: Pick<ShopTarget, 'name'>, value: number): string {
  if (isShare(name)) return percent(value)
  return value > 0 && value % 3_600 === 0 ? `${value / 3_600} h` : duration(value * 1_000)
}

/** "under 24 h", "100 %". */
export function limitWords(target: ShopTarget): string {
  const amount = amountWords(target, target.limit)
  return isShare(target.name) ? amount : `under ${amount}`
}

/** What the value says: "95 of 100 within this, from placed or paid to accepted". */
export function basisWords({ name }: Pick<ShopTarget, 'name'>): string {
  const { about } = TARGETS[name]
  return isShare(name) ? about : `95 of 100 within this, ${about}`
}

/** How many it is made of: "12 orders in 7 days". */
export function countWords({ name, count, span }: ShopTarget): string {
  return `${count.toLocaleString('en')} ${TARGETS[name].unit[count === 1 ? 0 : 1]} ${SPANS[span]}`
}

/** Where value and limit lie on a bar, as shares of its length. A value off the scale fills it. */
export function barOf({ name, value, limit }: ShopTarget): { value: number; limit: number } {
  if (isShare(name)) return { value: value ?? 0, limit }
  return { value: Math.min((value ?? 0) / limit / 1.5, 1), limit: 1 / 1.5 }
}

function isShare(name: TargetName): boolean {
  return name === 'notice_coverage_ratio'
}
